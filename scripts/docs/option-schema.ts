import { z } from "zod";
import { EnvironmentOptions } from "../../environments/options/environment";

/** The part of JSON Schema that zod gives for our options. `defaultNote` is ours: the default in words. */
export interface OptionSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly defaultNote?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: OptionSchema;
  readonly oneOf?: readonly OptionSchema[];
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: OptionSchema | false;
}

/** Every keyword in the order in which it is written, so that a new version of zod does not shuffle the file. */
const keywords = [
  "$schema",
  "title",
  "description",
  "type",
  "const",
  "enum",
  "default",
  "pattern",
  "minLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "items",
  "oneOf",
  "propertyNames",
  "properties",
  "required",
  "additionalProperties",
];

const description =
  "Options of one environment, as `environments/<name>.ts` gives them to `defineEnvironment`. Only their shape is described here. Rules between options, and those on the texts of lifecycle policies and tag filters, are checked when the app is synthesized (`npm run synth`).";

/** The options as JSON Schema, with `defaultNote` still a keyword of its own. */
export function annotatedSchema(): OptionSchema {
  const schema = z.toJSONSchema(EnvironmentOptions, {
    io: "input",
    target: "draft-2020-12",
    override: ({ zodSchema, jsonSchema }) => {
      // zod leaves out the default of whatever holds a transform, because it may not be legal as input. Ours are.
      if (zodSchema instanceof z.ZodDefault) jsonSchema.default ??= zodSchema.def.defaultValue;
    },
  });
  return { ...(schema as OptionSchema), title: "Environment", description };
}

/**
 * JSON Schema (draft 2020-12) of what an environment file holds, for tools.
 *
 * @throws when zod gives a keyword that {@link keywords} does not know
 */
export function environmentJsonSchema(): object {
  return forTools(annotatedSchema());
}

function forTools(schema: OptionSchema): OptionSchema {
  const { defaultNote, ...rest } = schema;
  const { items, oneOf, properties, additionalProperties } = rest;
  const changed = {
    ...rest,
    ...(defaultNote !== undefined && { description: `${rest.description} Default: ${defaultNote}.` }),
    ...(items && { items: forTools(items) }),
    ...(oneOf && { oneOf: oneOf.map(forTools) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, option]) => [name, forTools(option)]),
      ),
    }),
    ...(additionalProperties && { additionalProperties: forTools(additionalProperties) }),
  };
  return Object.fromEntries(Object.entries(changed).toSorted(([a], [b]) => rank(a) - rank(b)));
}

function rank(keyword: string): number {
  const index = keywords.indexOf(keyword);
  if (index < 0) throw new Error(`JSON Schema keyword ${keyword} has no place yet; add it to keywords`);
  return index;
}
