import { z } from "zod";
import { EnvironmentOptions } from "../../environments/options/environment";

/** The parts of JSON Schema that zod generates for the options. `defaultNote` is an addition: the default in words. */
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
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: OptionSchema;
  readonly oneOf?: readonly OptionSchema[];
  /** A plain value, or an object that says more. */
  readonly anyOf?: readonly OptionSchema[];
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: OptionSchema | false;
}

const description =
  "Options of one environment, as `environments/<name>.ts` gives them to `defineEnvironment`. This page describes only their shape. `npm run synth` also checks rules between options and the contents of lifecycle policies and tag filters.";

/** The options as JSON Schema, with the additional keyword `defaultNote`. */
export function annotatedSchema(): OptionSchema {
  const schema = z.toJSONSchema(EnvironmentOptions, {
    io: "input",
    target: "draft-2020-12",
    // The type of a custom schema is in its metadata; without it, the page cannot be written.
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      // zod omits the default of a schema that contains a transform, because it might not be valid input. These are.
      if (zodSchema instanceof z.ZodDefault) jsonSchema.default ??= zodSchema.def.defaultValue;
    },
  });
  return { ...(schema as OptionSchema), title: "Environment", description };
}
