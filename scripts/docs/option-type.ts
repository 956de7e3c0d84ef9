import type { OptionSchema } from "./option-schema";
import { objectIn } from "./option-sections";

/** A value as Markdown code. */
export const literal = (...values: readonly unknown[]): string =>
  `\`${values.map((value) => JSON.stringify(value)).join(" | ")}\``;

/** Anchor that GitHub gives to the heading of a section. */
export const anchor = (path: string): string => `#${path.toLowerCase().replace(/[^\w-]/g, "")}`;

/**
 * Type of an option in words, e.g. `list of string, at most 5`. Objects are links to their section.
 *
 * @throws when it has no words for a type
 */
export function typeInWords(schema: OptionSchema, path: string): string {
  const { type, items, additionalProperties, minimum, maximum, minLength } = schema;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return literal(...schema.enum);
  if (items) return `list of ${typeInWords(items, `${path}[]`)}${limits(schema)}`;
  if (additionalProperties) return `map of ${typeInWords(additionalProperties, `${path}.<name>`)}`;
  if (objectIn({ path, schema })) return `[object](${anchor(path)})`;
  if (type === "integer") return `integer ${minimum}–${maximum}`;
  if (type === "string") return minLength ? `string, at least ${minLength} characters` : "string";
  if (type === "boolean") return "boolean";
  if (Array.isArray(type)) return type.join(" or ");
  throw new Error(`${path}: no words for ${JSON.stringify(schema)}; add some to typeInWords`);
}

function limits({ minItems, maxItems }: OptionSchema): string {
  return [
    minItems === undefined ? "" : `, at least ${minItems}`,
    maxItems === undefined ? "" : `, at most ${maxItems}`,
  ].join("");
}
