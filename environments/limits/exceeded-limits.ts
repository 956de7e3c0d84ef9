import { partitionOf } from "../../modules/iam/aws-partition";
import { isRegion } from "../../modules/iam/aws-regions";
import { partitionInArn } from "../../modules/iam/principal-arn";
import type { ValueProblem } from "../../modules/values/issues";
import { valueAt } from "../../modules/values/value-at";
import { optionLimits } from "./all";
import type { Limit } from "./limit";

/** A value of a file that is or contains options with limits. */
interface Place {
  readonly path: readonly PropertyKey[];
  readonly limit: Limit | undefined;
  readonly value: unknown;
}

/** An option with its limit and those of the options in it. */
interface Limited {
  limit?: Limit;
  readonly options: Map<string, Limited>;
  /** Each entry of a list, and of a map whose file chooses the names, and each such name. */
  readonly entries: Map<"[]" | "<name>" | "<name>@", Limited>;
}

const withoutLimits = (): Limited => ({ options: new Map(), entries: new Map() });

/**
 * Values that are longer, or have more entries, than their option's limit, and ARNs of another partition. For a value that
 * a schema or rule reports already, one of its problems is enough.
 */
export function exceededLimits(input: unknown): ValueProblem[] {
  const region = valueAt(input, ["region"]);
  const partition = isRegion(region) ? partitionOf(region) : undefined;
  const problems: ValueProblem[] = [];
  visit(input, limited, [], (place) => {
    problems.push(...tooLarge(place), ...(partition === undefined ? [] : elsewhere(place, partition)));
  });
  return problems;
}

/** Call a function for a value, and for everything in it that has a limit. No option contains itself, so this ends. */
function visit(
  value: unknown,
  { limit, options, entries }: Limited,
  path: readonly PropertyKey[],
  check: (place: Place) => void,
): void {
  if (limit !== undefined) check({ path, limit, value });
  if (options.size + entries.size === 0 || typeof value !== "object" || value === null) return;
  const isList = Array.isArray(value);
  const each = entries.get(isList ? "[]" : "<name>");
  const name = entries.get("<name>@");
  for (const key of Object.keys(value)) {
    const at = isList ? Number(key) : key;
    const option = each ?? options.get(key);
    if (name !== undefined && !isList) visit(key, name, [...path, at], check);
    if (option !== undefined) visit((value as Record<string, unknown>)[key], option, [...path, at], check);
  }
}

/** The limits of all options, each in the option that it is in. */
const limited = withoutLimits();
for (const [path, limit] of Object.entries(optionLimits)) {
  const parts = path.replaceAll("[]", ".[]").split(".");
  let option = limited;
  for (const part of parts) {
    const inside: Map<string, Limited> = /^(?:\[\]|<name>@?)$/.test(part) ? option.entries : option.options;
    const found = inside.get(part) ?? withoutLimits();
    inside.set(part, found);
    option = found;
  }
  option.limit = limit;
}

/** Nothing in AWS refers to another partition. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function elsewhere({ path, limit, value }: Place, partition: string): ValueProblem[] {
  if (limit?.isArn !== true || typeof value !== "string") return [];
  const other = partitionInArn(value);
  if (other === "" || other === partition) return [];
  return [
    {
      path,
      found: value,
      advice: `this is in the partition ${other}, and the environment in ${partition}, which do not share resources; use an ARN that starts with arn:${partition}:`,
    },
  ];
}

function tooLarge({ path, limit, value }: Place): ValueProblem[] {
  const max = limit?.max;
  if (max === undefined || (typeof value === "string" && value.length <= max)) return [];
  const size = sizeOf(value);
  if (size === undefined || size.count <= max) return [];
  const found = typeof value === "string" ? value : `${size.count} entries`;
  const remedy = typeof value === "string" ? "shorten it" : "remove some";
  return [
    { path, found, advice: `this has ${size.count} ${size.unit}, and at most ${max} are allowed; ${remedy}` },
  ];
}

/** Characters of a string, and entries of a list or map; `undefined` for other values. */
function sizeOf(value: unknown): { count: number; unit: string } | undefined {
  if (typeof value === "string") return { count: [...value].length, unit: "characters" };
  if (Array.isArray(value)) return { count: value.length, unit: "entries" };
  return typeof value === "object" && value !== null
    ? { count: Object.keys(value).length, unit: "entries" }
    : undefined;
}
