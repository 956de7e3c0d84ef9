import type { OptionSchema } from "./option-schema";
import { objectIn } from "./option-sections";

/** Values as Markdown code, separated by `|`. */
export const literal = (...values: readonly unknown[]): string =>
  `\`${values.map((value) => JSON.stringify(value)).join(" | ")}\``;

/** The anchor that GitHub generates for the heading of a section. */
export const anchor = (path: string): string => `#${path.toLowerCase().replace(/[^\w-]/g, "")}`;

/**
 * Type of an option in words, e.g. `list of string, at most 5`. Objects link to their section.
 *
 * @throws Error for a type that it cannot describe
 */
export function typeInWords(schema: OptionSchema, path: string): string {
  const { type, items, additionalProperties, minimum, maximum, minLength } = schema;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return literal(...schema.enum);
  if (items) return `list of ${typeInWords(items, `${path}[]`)}${limits(schema)}`;
  if (additionalProperties) return `map of ${typeInWords(additionalProperties, `${path}.<name>`)}`;
  if (schema.anyOf && type === undefined)
    return schema.anyOf.map((form) => typeInWords(form, path)).join(" or ");
  if (objectIn({ path, schema })) return `[object](${anchor(path)})`;
  if (type === "integer") return `integer ${minimum}–${maximum}`;
  if (type === "string") return minLength ? `string, at least ${minLength} characters` : "string";
  if (type === "boolean") return "boolean";
  if (Array.isArray(type)) return type.join(" or ");
  throw new Error(`${path}: typeInWords cannot describe ${JSON.stringify(schema)}; add this type to it`);
}

function limits({ minItems, maxItems }: OptionSchema): string {
  return [
    minItems === undefined ? "" : `, at least ${minItems}`,
    maxItems === undefined ? "" : `, at most ${maxItems}`,
  ].join("");
}
