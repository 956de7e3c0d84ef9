import { valueAt } from "../../../../modules/values/value-at";
import {
  type DeclaredResource,
  resourcesOf,
  type StackJson,
} from "../../../../scripts/review/revisions/stack-json";
import type { AttributePath } from "../../../../scripts/review/terraform-plan";
import { literal, type TypeSchema } from "./literal";

/** A resource as it is declared, and a state in which one value is another one. */
export interface Variant {
  readonly type: string;
  /** Of the value, e.g. `["encryption_configuration", 0, "kms_key"]`. */
  readonly path: AttributePath;
  readonly config: object;
  readonly state: object;
}

/** A variant for each value that the resources of these stacks set, once for each argument of a type. */
export function variantsOf(
  stacks: readonly StackJson[],
  schemas: Readonly<Record<string, TypeSchema>>,
): Variant[] {
  const variants = new Map<string, Variant>();
  for (const declared of stacks.flatMap((stack) => [...resourcesOf(stack).values()])) {
    const schema = schemas[declared.type];
    // A newer version of the provider has it.
    if (schema === undefined || JSON.stringify(declared.values).includes("CREATE_ON_PUSH")) continue;
    const config = literal(declared.values, schema.block) as DeclaredResource["values"];
    for (const path of pathsIn(config)) {
      const key = `${declared.type} ${namesIn(path)}`;
      if (variants.has(key) || path[0] === "tags") continue;
      variants.set(key, { type: declared.type, path, config, state: withOther(config, path) as object });
    }
  }
  return [...variants.values()];
}

/** E.g. `encryption_configuration.kms_key`. */
export const namesIn = (path: AttributePath): string =>
  path.filter((key) => typeof key === "string").join(".");

/** The paths of all values, each as deep as possible. Values that are lists of texts, or maps, are one. */
function pathsIn(value: unknown, path: AttributePath = []): AttributePath[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "object"))
    return value.flatMap((item, index) => pathsIn(item, [...path, index]));
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]));
  return value === null || path.length === 0 ? [] : [path];
}

/** The same values, with another one at a path. */
function withOther(values: unknown, path: AttributePath): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return other(values);
  const inner = withOther(valueAt(values, [key]), rest);
  return Array.isArray(values)
    ? values.map((item, index) => (index === key ? inner : item))
    : { ...(values as object), [key]: inner };
}

function other(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (Array.isArray(value)) return [...value, typeof value[0] === "number" ? 99 : "another"];
  const text = String(value);
  if (/^\d+$/.test(text)) return String(Number(text) + 1);
  if (text === "true" || text === "false") return text === "true" ? "false" : "true";
  return /^[[{]/.test(text) ? otherDocument(text) : `${text}x`;
}

/** A document in which the last text is another one. */
const otherDocument = (text: string): string => text.replace(/"(?=[^"]*$)/, 'x"');
