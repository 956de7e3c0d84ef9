import { valueAt } from "../../../modules/values/value-at";
import type { DeclaredResource } from "./stack-json";

/** The resources of a stack, by address. */
type Resources = ReadonlyMap<string, DeclaredResource>;

/** A reference to an attribute of a resource, e.g. `${aws_ecr_repository.web-app.name}`. */
const reference = /(?<!\$)\$\{(aws_\w+\.[\w-]+)\.(\w+)\}/g;

/**
 * A value with each reference to a literal argument replaced by it. Terraform knows these values when it plans; others, such as
 * ARNs, stay references.
 */
export function resolved(value: unknown, resources: Resources, depth = 0): unknown {
  if (typeof value === "string")
    return value.replace(reference, (text: string, address: string, attribute: string) => {
      const found = valueAt(resources.get(address)?.values, [attribute]);
      if (typeof found !== "string" || depth > 8) return text;
      return String(resolved(found, resources, depth + 1));
    });
  if (Array.isArray(value)) return value.map((item) => resolved(item, resources, depth));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolved(inner, resources, depth)]),
  );
}

/** The addresses of resources to which a value refers, after {@link resolved}: attributes that AWS sets. */
export function referencesIn(value: unknown): string[] {
  const text = JSON.stringify(value) ?? "";
  return [...new Set([...text.matchAll(reference)].map(([, address = ""]) => address))];
}

/** Whether a value is one reference and nothing else. */
export const isReference = (value: unknown): boolean =>
  typeof value === "string" && /^\$\{[^{}]*\}$/.test(value);
