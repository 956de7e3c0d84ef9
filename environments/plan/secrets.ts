import { partitionOf } from "../../modules/iam/aws-partition";
import { secretName } from "../naming";
import type { EnvironmentCandidate } from "../options/environment";

/**
 * An ARN as long as that of a secret will be. AWS adds a hyphen and six characters to the name.
 *
 * @param secret name of the secret in the environment file
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html
 */
export function secretArnShape(
  { project = "", name = "", region = "", accountId, security }: EnvironmentCandidate,
  secret: string,
): string {
  const pullThroughCache = security?.secrets?.[secret]?.pullThroughCache ?? false;
  const full = secretName({ project, name }, secret, { pullThroughCache });
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${full}-abcdef`;
}
