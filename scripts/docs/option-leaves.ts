import type { OptionSchema } from "./option-schema";

/** A value that an option takes, and that a limit is for: a text, a number, a list, a map, or the key of its entries. */
export interface Leaf {
  /** As in `environments/limits`: `<name>` for a key of a map, `[]` for an entry of a list, `<name>@` for the key itself. */
  readonly path: string;
  readonly kind: "text" | "number" | "list" | "map" | "key";
  readonly schema: OptionSchema;
}

/** Every leaf of a schema in its order, each once. Booleans and words of a fixed choice have no other limit. */
export function leavesOf(schema: OptionSchema): Leaf[] {
  return [...new Map(leaves(schema, "").map((leaf) => [leaf.path, leaf])).values()];
}

function leaves(schema: OptionSchema, path: string): Leaf[] {
  const { type, items, oneOf, anyOf, properties, additionalProperties } = schema;
  const forms = oneOf ?? (type === undefined ? anyOf : undefined);
  if (forms) return forms.flatMap((form) => leaves(form, path));
  if (properties)
    return Object.entries(properties).flatMap(([name, inner]) =>
      leaves(inner, path === "" ? name : `${path}.${name}`),
    );
  if (items) return [{ path, kind: "list", schema }, ...leaves(items, `${path}[]`)];
  if (additionalProperties)
    return [
      { path, kind: "map", schema },
      { path: `${path}.<name>@`, kind: "key", schema },
      ...leaves(additionalProperties, `${path}.<name>`),
    ];
  if (type === "integer" || type === "number") return [{ path, kind: "number", schema }];
  const isText = type === "string" || (Array.isArray(type) && type.includes("string"));
  return isText && schema.enum === undefined && schema.const === undefined
    ? [{ path, kind: "text", schema }]
    : [];
}
