import {
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  type TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import type { AssumedRole } from "../environments/options/assumed-role";
import type { StateLocation } from "../environments/plan/environment";
import { localStateFile, stateKey } from "../environments/plan/stacks";
import { isUnlisted } from "../modules/iam/aws-regions";

/** The state of one stack: the state location of its environment, and the stack's name. */
export interface StackState {
  readonly location: StateLocation;
  readonly stack: string;
}

/**
 * Path of a local state file next to the output folder, relative to `<output folder>/stacks/<stack>`, where Terraform
 * runs. The state survives when the output folder is deleted, and the JSON contains no absolute path.
 */
const localPath = (stack: string): string => `../../../${localStateFile(stack)}`;

/** A role to assume, as the backend and the provider name its properties. */
export function assumedRole({ arn, externalId, sessionName }: AssumedRole) {
  return {
    roleArn: arn,
    ...(externalId !== undefined && { externalId }),
    ...(sessionName !== undefined && { sessionName }),
  };
}

/** Location of an S3 state, shared by the backend and the remote state data source. */
function s3Location({ location, stack }: StackState & { location: { backend: "s3" } }) {
  const { bucket, region, kmsKeyArn, role } = location;
  return {
    bucket,
    key: stateKey(location, stack),
    region,
    encrypt: true,
    ...(isUnlisted(region) && { skipRegionValidation: true }),
    ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
    ...(role !== undefined && { assumeRole: assumedRole(role) }),
  };
}

/**
 * Configure the backend of a stack, with state locking. With credentials of another account than `accountId`, Terraform
 * stops before it reads the state or writes a lock.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function configureBackend(
  scope: TerraformStack,
  { location, stack }: StackState,
  accountId: string,
): void {
  if (location.backend === "local") {
    new LocalBackend(scope, { path: localPath(stack) });
    return;
  }
  // S3BackendConfig of CDKTF 0.21 lacks use_lockfile, which creates a lock file next to the state (Terraform 1.10).
  new S3Backend(scope, {
    ...s3Location({ location, stack }),
    allowedAccountIds: [accountId],
  }).addOverride("use_lockfile", true);
}

/** Read the state of another stack. */
export function remoteState(
  scope: TerraformStack,
  id: string,
  { location, stack }: StackState,
): TerraformRemoteState {
  return location.backend === "local"
    ? new DataTerraformRemoteStateLocal(scope, id, { path: localPath(stack) })
    : new DataTerraformRemoteStateS3(scope, id, s3Location({ location, stack }));
}
