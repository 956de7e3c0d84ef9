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

const description =
  "Options of one environment, as `environments/<name>.ts` gives them to `defineEnvironment`. Only their shape is described here. Rules between options, and those on the texts of lifecycle policies and tag filters, are checked when the app is synthesized (`npm run synth`).";

/** The options as JSON Schema, in which `defaultNote` is a keyword of its own. */
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
