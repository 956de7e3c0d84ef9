import { readFileSync } from "node:fs";
import { CommandError } from "../../runner/command";
import { blocksIn } from "./blocks";
import { evaluateBody, type Scope } from "./evaluate";
import { problemOf } from "./read-variables";
import { type Body, parseBody } from "./syntax";
import { type Dictionary, type Place, placed, type Value } from "./value";

/** One call of a module, or one instance of it with `for_each`. */
export interface ModuleCall {
  /** E.g. `module.ecr["web-app"]`. */
  readonly address: string;
  readonly source: string;
  readonly inputs: Dictionary;
}

/** A call with an argument that decides how many instances there are, and whose value is in no file. */
export interface UnknownCall {
  readonly address: string;
  readonly place: Place;
  readonly text: string;
}

interface Call {
  readonly name: string;
  readonly body: Body;
}

/**
 * The calls of modules in `.tf` files, with the values that the files say.
 *
 * @param variables values of variables, before their defaults
 * @param known values of names that are in no file, e.g. of `data.aws_caller_identity.current.account_id`
 * @throws CommandError with every file that cannot be read, and the line
 */
export async function readModules(
  files: readonly string[],
  variables: Dictionary,
  known: (name: string) => string | undefined,
): Promise<{ calls: ModuleCall[]; unknown: UnknownCall[] }> {
  const bodies = new Map<string, Body>();
  const found: Call[] = [];
  const problems: string[] = [];
  // Data sources of another provider configuration, so of another Region or account.
  const elsewhere = new Set<string>();
  for (const file of files) {
    try {
      for (const { type, labels, body: text, line } of blocksIn(file, readFileSync(file, "utf8"))) {
        if (type === "data" && /^\s*provider\s*=/m.test(text)) elsewhere.add(labels.join("."));
        if (!["locals", "module", "variable"].includes(type)) continue;
        const body = await parseBody(file, text, line);
        if (type === "module") found.push({ name: labels[0] ?? "", body });
        else bodies.set(`${type} ${labels[0] ?? `${file}:${line}`}`, body);
      }
    } catch (error) {
      problems.push(problemOf(file, error));
    }
  }
  if (problems.length > 0) throw new CommandError(`${problems.join("\n")}\nNothing was written.`);
  const isElsewhere = (name: string) => elsewhere.has(name.split(".").slice(1, 3).join("."));
  const scope = scopeOf(bodies, variables, (name) => (isElsewhere(name) ? undefined : known(name)));
  const results = found.flatMap((call) => instancesOf(call, scope));
  return {
    calls: results.filter((one): one is ModuleCall => "inputs" in one),
    unknown: results.filter((one): one is UnknownCall => !("inputs" in one)),
  };
}

/** Values are worked out when something refers to them, and once. A value that refers to itself has none. */
function scopeOf(
  bodies: ReadonlyMap<string, Body>,
  variables: Dictionary,
  known: (name: string) => string | undefined,
): Scope {
  const done = new Map<string, Value | undefined>();
  const scope: Scope = (name, place) => {
    if (done.has(name)) return done.get(name);
    done.set(name, undefined);
    const given = known(name);
    const value = given === undefined ? declared(name) : placed(given, place);
    done.set(name, value);
    return value;
  };
  const declared = (name: string): Value | undefined => {
    const [kind, own = ""] = name.split(".");
    if (kind === "var") {
      const body = bodies.get(`variable ${own}`);
      return (
        variables.entries.get(own)?.value ?? (body && evaluateBody(body, scope).entries.get("default")?.value)
      );
    }
    if (kind !== "local") return undefined;
    const locals = [...bodies].filter(([key]) => key.startsWith("locals ")).map(([, body]) => body);
    const home = locals.find((body) =>
      body.root.children?.some((key, index) => index % 2 === 0 && body.text(key).trim() === own),
    );
    return home && evaluateBody(home, scope).entries.get(own)?.value;
  };
  return scope;
}

function instancesOf({ name, body }: Call, scope: Scope): (ModuleCall | UnknownCall)[] {
  const first = evaluateBody(body, scope);
  const source = first.entries.get("source")?.value;
  const base = { source: source?.kind === "scalar" ? String(source.value) : "" };
  const each = first.entries.get("for_each");
  const count = first.entries.get("count");
  const address = `module.${name}`;
  if (each === undefined) {
    if (count === undefined || (count.value.kind === "scalar" && Number(count.value.value) === 1))
      return [{ ...base, address, inputs: first }];
    if (count.value.kind === "scalar" && Number(count.value.value) === 0) return [];
    return [
      {
        address,
        place: count.place,
        text: "its count has no value here, or is not 0 or 1, so it is left out",
      },
    ];
  }
  const keys = keysOf(each.value);
  if (keys === undefined)
    return [
      { address, place: each.place, text: "its for_each has no value in these files, so it is left out" },
    ];
  return keys.map(([key, value]) => {
    const inner: Scope = (wanted, place) => {
      if (wanted === "each.key") return placed(key, place);
      return wanted === "each.value" ? value : scope(wanted, place);
    };
    return { ...base, address: `${address}[${JSON.stringify(key)}]`, inputs: evaluateBody(body, inner) };
  });
}

/** Of a map, its entries; of a set, its texts. */
function keysOf(value: Value): [string, Value][] | undefined {
  if (value.kind === "object" && value.unknownKeys.every(({ isReplaced }) => isReplaced))
    return [...value.entries].map(([key, entry]) => [key, entry.value]);
  if (value.kind !== "list" || value.items.some(({ kind }) => kind !== "scalar")) return undefined;
  return value.items.map((item) => [item.kind === "scalar" ? String(item.value) : "", item]);
}
