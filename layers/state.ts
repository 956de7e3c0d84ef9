import {
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  type TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import type { StateLocation } from "../environments/plan/environment";
import { stateKey } from "../environments/plan/stacks";

/** The state of one stack: where the environment keeps its states, and the stack's name. */
export interface StackState {
  readonly location: StateLocation;
  readonly stack: string;
}

/**
 * Local state lies beside the output folder, seen from `<output folder>/stacks/<stack>`, where Terraform runs. So it
 * outlives the output folder and the JSON holds no path of the machine.
 */
const localPath = (stack: string): string => `../../../.terraform-state/${stack}.tfstate`;

/** Where an S3 state lies. Writer and reader both take it from here. */
function s3Place({ location, stack }: StackState & { location: { backend: "s3" } }) {
  const { bucket, region, kmsKeyArn } = location;
  return {
    bucket,
    key: stateKey(location, stack),
    region,
    encrypt: true,
    ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
  };
}

/** Keep the state of a stack there, locked while Terraform works on it. */
export function keepState(scope: TerraformStack, { location, stack }: StackState): void {
  if (location.backend === "local") {
    new LocalBackend(scope, { path: localPath(stack) });
    return;
  }
  // S3BackendConfig of CDKTF 0.21 lacks use_lockfile, which writes a lock object beside the state (Terraform 1.10).
  new S3Backend(scope, s3Place({ location, stack })).addOverride("use_lockfile", true);
}

/** Read the state of another stack. */
export function remoteState(
  scope: TerraformStack,
  id: string,
  { location, stack }: StackState,
): TerraformRemoteState {
  return location.backend === "local"
    ? new DataTerraformRemoteStateLocal(scope, id, { path: localPath(stack) })
    : new DataTerraformRemoteStateS3(scope, id, s3Place({ location, stack }));
}
