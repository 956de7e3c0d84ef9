import { oneLine } from "../failures/one-line";
import { CommandError } from "../runner/command";

/** A stack reads something that another layer does not have yet, e.g. the role of a new service, so Terraform cannot plan it. */
export class DeployFirst extends CommandError {
  /** @param layer that has to be deployed first */
  constructor(
    readonly layer: string,
    failure: CommandError,
  ) {
    super(failure.message, failure.exitCode);
  }
}

/**
 * The layer that has to be deployed before Terraform can plan a stack; `undefined` if the plan failed for another reason.
 * The conditions in the stacks say so, and Terraform breaks their texts into lines.
 */
export function layerToDeployFirst(stderr: string): string | undefined {
  const text = oneLine(stderr);
  const [, layer] =
    /(?:deploy that layer again|deploy the replicas first): npm run deploy -- \S+ --layer ([a-z]+)/.exec(
      text,
    ) ?? [];
  return layer;
}
