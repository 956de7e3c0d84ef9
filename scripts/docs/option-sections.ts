import type { OptionSchema } from "./option-schema";

/** One option: a row of a table on the page. */
export interface Option {
  readonly name: string;
  /** Path in an environment file, e.g. `ecr.repositories.<name>.scanOnPush`. */
  readonly path: string;
  readonly required: boolean;
  readonly schema: OptionSchema;
}

/** One form of a section. A section that is a union, such as `state`, has several. */
export interface Form {
  /** What selects the form, e.g. `backend: "s3"`. Only if there are several. */
  readonly choice?: string;
  readonly options: readonly Option[];
}

/** An object among the options: a section of the page. */
export interface Section {
  /** Path in an environment file, e.g. `ecr.repositories.<name>`; empty for the environment itself. */
  readonly path: string;
  readonly description: string | undefined;
  readonly forms: readonly Form[];
}

/** All sections of a schema, each before those nested in it. */
export function sectionsOf(schema: OptionSchema, path = ""): Section[] {
  const forms = schema.oneOf
    ? schema.oneOf.map((form) => ({ choice: choiceOf(form), options: optionsOf(form, path) }))
    : [{ options: optionsOf(schema, path) }];
  const inner = forms.flatMap(({ options }) => options).flatMap((option) => objectIn(option) ?? []);
  return [
    { path, description: schema.description, forms },
    ...inner.flatMap((object) => sectionsOf(object.schema, object.path)),
  ];
}

/** The object that an option is, or that its list or map contains; `undefined` for plain values. */
export function objectIn({
  path,
  schema,
}: Pick<Option, "path" | "schema">): { path: string; schema: OptionSchema } | undefined {
  if (schema.properties || schema.oneOf) return { path, schema };
  const longer = schema.anyOf?.find(({ properties }) => properties !== undefined);
  if (longer) return { path, schema: longer };
  if (schema.items) return objectIn({ path: `${path}[]`, schema: schema.items });
  if (schema.additionalProperties)
    return objectIn({ path: `${path}.<name>`, schema: schema.additionalProperties });
  return undefined;
}

function optionsOf({ properties = {}, required = [] }: OptionSchema, path: string): Option[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    path: path === "" ? name : `${path}.${name}`,
    required: required.includes(name),
    schema,
  }));
}

function choiceOf({ properties = {} }: OptionSchema): string {
  return Object.entries(properties)
    .filter(([, { const: value }]) => value !== undefined)
    .map(([name, { const: value }]) => `${name}: ${JSON.stringify(value)}`)
    .join(", ");
}
