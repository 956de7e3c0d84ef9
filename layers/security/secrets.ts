import type { Construct } from "constructs";
import { keyAlias, secretName } from "../../environments/naming";
import type { Environment } from "../../environments/plan/environment";
import { secretsKeyUsers } from "../../environments/plan/secrets";
import type { AccountRegion } from "../../modules/iam/aws-partition";
import { KmsKeyModule, type KmsKeyModuleProps } from "../../modules/kms/kms-key-module";
import { useForSecrets } from "../../modules/kms/kms-use";
import { SecretModule } from "../../modules/secrets/secret-module";
import { NameScope } from "../../modules/terraform/name-scope";
import type { Outputs } from "../contract";
import type { secretsContract } from "./security.contract";

/** Settings that all keys of an environment share. */
export type KeySettings = AccountRegion & Omit<KmsKeyModuleProps, "alias" | "description" | "use">;

/** Create the secrets of an environment, without their values, and the key that encrypts them. */
export function secretsOf(
  stack: Construct,
  environment: Environment,
  settings: KeySettings,
): Outputs<typeof secretsContract> {
  const { project, name: environmentName, accountId, security } = environment;
  const key = new KmsKeyModule(stack, "secrets_key", {
    ...settings,
    description: `Secrets of ${project} ${environmentName}`,
    alias: keyAlias(environment, "secrets"),
    use: secretsKeyUsers(environment).map((service) => useForSecrets(service, settings)),
  });
  const scope = new NameScope(stack, "secrets", "secretsmanager");
  const arns = Object.entries(security.secrets).map(([name, options]) => {
    const { description = `${name} of ${project} ${environmentName}`, ...rest } = options;
    const secret = new SecretModule(scope, name, {
      name: secretName(environment, name, rest),
      description,
      // ECR can read the credentials of a cache only if this key encrypts them.
      kmsKeyArn: rest.pullThroughCache ? "aws/secretsmanager" : key.arn,
      recoveryWindowInDays: rest.recoveryWindowInDays,
      accountId,
      preventDestroy: settings.preventDestroy,
    });
    return [name, secret.arn];
  });
  return { secrets_kms_key_arn: key.arn, secret_arns: Object.fromEntries(arns) };
}

/**
 * ARNs of secrets, without duplicates.
 *
 * @param names names of the secrets in the environment file
 * @param secrets the layer's outputs for secrets
 * @throws Error when `secrets` does not contain one; `loadEnvironments` reports unknown secrets before any stack is
 *   created
 */
export function secretArns(
  names: readonly string[],
  secrets: Outputs<typeof secretsContract> | undefined,
): string[] {
  return [...new Set(names)].toSorted().map((name) => {
    const arn = secrets?.secret_arns[name];
    if (arn === undefined) throw new Error(`the security layer creates no secret ${name}`);
    return arn;
  });
}
