import type { Place } from "../hcl/value";

/** One managed resource in a Terraform state. */
export interface StateInstance {
  readonly type: string;
  /** E.g. `module.ecr["web-app"].aws_ecr_repository.this[0]`. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

interface StateJson {
  readonly version?: number;
  readonly resources?: readonly {
    readonly module?: string;
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly deposed?: string;
      readonly attributes?: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

/**
 * The managed resources of a Terraform state.
 *
 * @param file name of the state, for places
 * @throws SyntaxError when the text is no state of version 4, which Terraform writes since 0.12
 * @see https://github.com/hashicorp/terraform/blob/main/internal/states/statefile/version4.go
 */
export function stateInstances(file: string, text: string): StateInstance[] {
  const state = JSON.parse(text) as StateJson;
  const { resources } = state;
  if (state.version !== 4 || resources === undefined)
    throw new SyntaxError(
      `this is no Terraform state of version 4 (its version is ${state.version ?? "missing"}); write one with terraform state pull`,
    );
  let offset = 0;
  let line = 1;
  return resources.flatMap(({ module, mode, type, name, instances }) => {
    // Resources are in the order of the text. A state on one line has one place.
    const next = text.indexOf(`"type": "${type}"`, offset);
    if (next >= 0) {
      line += text.slice(offset, next).split("\n").length - 1;
      offset = next + 1;
    }
    const at = line;
    if (mode !== "managed") return [];
    const base = `${module === undefined ? "" : `${module}.`}${type}.${name}`;
    return instances
      .filter(({ deposed, attributes }) => deposed === undefined && attributes !== undefined)
      .map(({ index_key: key, attributes = {} }) => ({
        type,
        address: key === undefined ? base : `${base}[${JSON.stringify(key)}]`,
        attributes,
        place: { file, line: at },
      }));
  });
}
