import { annotatedSchema, type OptionSchema } from "../../../scripts/docs/option-schema";

const branches = ({ anyOf = [], oneOf = [] }: OptionSchema): readonly OptionSchema[] => [...anyOf, ...oneOf];

const isMap = ({ additionalProperties }: OptionSchema): boolean => typeof additionalProperties === "object";

/** Every place of an environment file that takes entries: the file, its sections, and their maps and objects. */
export function optionNodes(schema: OptionSchema = annotatedSchema()): OptionSchema[] {
  const inside = [
    ...branches(schema),
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : []),
  ].flatMap(optionNodes);
  return schema.properties !== undefined || isMap(schema) ? [schema, ...inside] : inside;
}

/** A value that a page leaves out, e.g. `sha256:…` or `<digest>`. */
const isLeftOut = (value: unknown): boolean => typeof value === "string" && /…|<[a-z ]+>/.test(value);

const typeOf = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);

function typeProblem({ type }: OptionSchema, value: unknown): string | undefined {
  const types = [type ?? []].flat().map((one) => (one === "integer" ? "number" : one));
  if (types.length === 0 || types.includes(typeOf(value))) return undefined;
  return `is no ${types.join(" or ")}`;
}

function valueProblem(schema: OptionSchema, value: unknown): string | undefined {
  if (schema.const !== undefined && schema.const !== value) return `is not ${schema.const}`;
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return `is not one of ${schema.enum.join(", ")}`;
  if (
    typeof value === "string" &&
    schema.pattern !== undefined &&
    !new RegExp(schema.pattern, "u").test(value)
  )
    return `does not match ${schema.pattern}`;
  if (typeof value === "number" && (value < (schema.minimum ?? value) || value > (schema.maximum ?? value)))
    return `is not from ${schema.minimum} to ${schema.maximum}`;
  return typeProblem(schema, value);
}

/**
 * What the options refuse of an excerpt: unknown entries, and values that they do not take. What an excerpt lacks is no
 * problem.
 */
export function excerptProblems(schema: OptionSchema, value: unknown, path = ""): string[] {
  if (isLeftOut(value)) return [];
  const alternatives = branches(schema).map((one) => excerptProblems(one, value, path));
  if (alternatives.length > 0)
    return alternatives.toSorted((one, other) => one.length - other.length)[0] ?? [];
  const own = valueProblem(schema, value);
  if (own !== undefined) return [`${path} ${own}`];
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      schema.items === undefined ? [] : excerptProblems(schema.items, item, `${path}[${index}]`),
    );
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const known = schema.properties?.[key] ?? schema.additionalProperties;
    if (known === false) return [`${path}.${key} is no option`];
    return known === undefined ? [] : excerptProblems(known, entry, `${path}.${key}`);
  });
}
