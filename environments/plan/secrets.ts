import { partitionOf } from "../../modules/iam/aws-partition";
import { secretName } from "../naming";
import type { ConsumerKind } from "../options/consumers";
import type { UncheckedEnvironment } from "../options/environment";
import { kindsIn } from "./consumers";
import type { Environment } from "./environment";

/** Services that encrypt with an environment's secrets key; empty if the environment does not need the key. */
export function secretsKeyUsers({
  security,
  ...sections
}: Pick<Environment, "security" | ConsumerKind>): ("secretsmanager" | "lambda" | "eks")[] {
  const users = kindsIn(sections as UncheckedEnvironment).flatMap(
    ({ secretsKeyUser }) => secretsKeyUser ?? [],
  );
  const needed = users.length > 0 || Object.keys(security.secrets).length > 0;
  return needed ? ["secretsmanager", ...users] : [];
}

/** Whether the security layer creates the secrets key. */
export function hasSecretsKey(environment: Pick<Environment, "security" | ConsumerKind>): boolean {
  return secretsKeyUsers(environment).length > 0;
}

/**
 * A placeholder ARN with the same length as the ARN of a secret. AWS appends a hyphen and six characters to the name.
 *
 * @param secret name of the secret in the environment file
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html
 */
export function secretArnShape(
  { project = "", name = "", region = "", accountId, security }: UncheckedEnvironment,
  secret: string,
): string {
  const pullThroughCache = security?.secrets?.[secret]?.pullThroughCache ?? false;
  const fullName = secretName({ project, name }, secret, { pullThroughCache });
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${fullName}-abcdef`;
}
