import { partitionOf } from "../../modules/iam/aws-partition";
import { isRegion } from "../../modules/iam/aws-regions";
import { partitionInArn } from "../../modules/iam/principal-arn";
import type { ValueProblem } from "../../modules/values/issues";
import { valueAt } from "../../modules/values/value-at";
import { optionLimits } from "./all";
import type { Limit } from "./limit";

/** A value of a file, and the path of the option that it is in docs/reference/options.md. */
interface Place {
  readonly path: readonly PropertyKey[];
  readonly option: string;
  readonly value: unknown;
}

/**
 * Values that are longer, or have more entries, than their option's limit, and ARNs of another partition. For a value that
 * a schema or rule reports already, one of its problems is enough.
 */
export function exceededLimits(input: unknown): ValueProblem[] {
  const region = valueAt(input, ["region"]);
  const partition = isRegion(region) ? partitionOf(region) : undefined;
  return placesIn({ path: [], option: "", value: input }, []).flatMap((place) => [
    ...tooLarge(place),
    ...(partition === undefined ? [] : elsewhere(place, partition)),
  ]);
}

/** A value and everything in it. Circular references are not followed. */
function placesIn(place: Place, parents: readonly object[]): Place[] {
  const { path, option, value } = place;
  if (typeof value !== "object" || value === null || parents.includes(value)) return [place];
  const inside = [...parents, value];
  if (Array.isArray(value))
    return [
      place,
      ...value.flatMap((child: unknown, index) =>
        placesIn({ path: [...path, index], option: `${option}[]`, value: child }, inside),
      ),
    ];
  const isMap = isMapOption(option);
  return [
    place,
    ...Object.entries(value).flatMap(([key, child]) => {
      const inner = isMap ? `${option}.<name>` : option === "" ? key : `${option}.${key}`;
      const at = [...path, key];
      return [
        ...(isMap ? [{ path: at, option: `${inner}@`, value: key }] : []),
        ...placesIn({ path: at, option: inner, value: child }, inside),
      ];
    }),
  ];
}

const maps: ReadonlySet<string> = new Set(
  Object.keys(optionLimits).flatMap((path) => (path.endsWith(".<name>@") ? [path.slice(0, -8)] : [])),
);

const isMapOption = (option: string): boolean => maps.has(option);

const limitOf = (option: string): Limit | undefined =>
  Object.hasOwn(optionLimits, option) ? optionLimits[option] : undefined;

/** Nothing in AWS refers to another partition. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function elsewhere({ path, option, value }: Place, partition: string): ValueProblem[] {
  if (limitOf(option)?.isArn !== true || typeof value !== "string") return [];
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

function tooLarge({ path, option, value }: Place): ValueProblem[] {
  const max = limitOf(option)?.max;
  if (max === undefined) return [];
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
