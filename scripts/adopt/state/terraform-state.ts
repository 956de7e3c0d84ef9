import { z } from "zod";
import type { Place } from "../hcl/value";
import { attributeProblem } from "./attribute-shapes";

/** One managed resource in a Terraform state. */
export interface StateInstance {
  readonly type: string;
  /** E.g. `module.ecr["web-app"].aws_ecr_repository.this[0]`. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Its provider configuration, e.g. `provider["registry.terraform.io/hashicorp/aws"].replica`. @default - unknown */
  readonly provider?: string;
  /** The key of an object that Terraform has replaced and not yet destroyed. @default - it is the current one */
  readonly deposed?: string;
  readonly place: Place;
}

/** What of a state is read here. A damaged one says where it differs. */
const State = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      provider: z.string().optional(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          deposed: z.string().optional(),
          attributes: z.record(z.string(), z.unknown()).nullish(),
        }),
      ),
    }),
  ),
});

const pull = "write one with terraform state pull";

/**
 * The managed resources of a Terraform state, with its deposed objects.
 *
 * @param file name of the state, for places
 * @throws SyntaxError when the text is no state of version 4, which Terraform writes since 0.12
 * @see https://github.com/hashicorp/terraform/blob/main/internal/states/statefile/version4.go
 */
export function stateInstances(file: string, text: string): StateInstance[] {
  const { resources } = stateOf(text);
  let offset = 0;
  let line = 1;
  return resources.flatMap(({ module, mode, type, name, provider, instances }) => {
    // Resources are in the order of the text. A state on one line has one place.
    const next = text.indexOf(`"type": "${type}"`, offset);
    if (next >= 0) {
      line += text.slice(offset, next).split("\n").length - 1;
      offset = next + 1;
    }
    const at = line;
    if (mode !== "managed") return [];
    const base = `${module === undefined ? "" : `${module}.`}${type}.${name}`;
    return instances.flatMap(({ index_key: key, deposed, attributes }) => {
      if (attributes === undefined || attributes === null) return [];
      const address = key === undefined ? base : `${base}[${JSON.stringify(key)}]`;
      const instance = {
        ...{ type, address, attributes, place: { file, line: at } },
        ...(provider !== undefined && { provider }),
      };
      if (deposed !== undefined) return [{ ...instance, deposed }];
      const problem = attributeProblem(type, attributes);
      if (problem !== undefined) throw new SyntaxError(`${address} ${problem}; ${pull}`);
      return [instance];
    });
  });
}

/** @throws SyntaxError when the text is no state of version 4 */
function stateOf(text: string): z.infer<typeof State> {
  const json = parsedJson(text);
  const { version } = (json ?? {}) as { version?: unknown };
  if (version !== 4)
    throw new SyntaxError(
      `this is no Terraform state of version 4 (its version is ${typeof version === "number" ? version : "missing"}); ${pull}`,
    );
  const { data, error } = State.safeParse(json);
  if (data !== undefined) return data;
  const wrong = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new SyntaxError(`this Terraform state is damaged (${wrong.join("; ")}); ${pull}`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new SyntaxError(`this is no JSON (${(error as Error).message}); ${pull}`);
  }
}
