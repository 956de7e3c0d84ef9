import { Construct } from "constructs";
import { hasCaches } from "../environments/caches";
import type { Environment } from "../environments/environment";
import {
  eventLogGroupPrefix,
  keyAlias,
  repositoryName,
  secretName,
  stackName,
  templateRoleName,
} from "../environments/naming";
import { holdsSecrets } from "../environments/secret-options";
import { partitionOf } from "../modules/aws-partition";
import { repositoryArn } from "../modules/ecr/repository-address";
import { templatePermission } from "../modules/ecr/template-permission";
import { KmsKeyModule } from "../modules/kms-key";
import { useByLogGroups, useForSecrets, useThroughEcr } from "../modules/kms-use";
import { SecretModule } from "../modules/secret-module";
import { ServiceRole } from "../modules/service-role";
import { publish } from "./contract";
import { encryptionOf } from "./ecr-encryption";
import { LayerStack } from "./layer-stack";
import { pullThroughCacheContract, secretsContract, securityContract } from "./security.contract";
import { PipelineRoles } from "./security-ci";

/** Keys, secrets and roles of one environment. */
export class SecurityLayer extends LayerStack {
  constructor(scope: Construct, environment: Environment, providerVersion: string) {
    super(scope, stackName("security", environment), { layer: "security", environment, providerVersion });
    const { accountId, region, security, deletionProtection } = environment;
    const user = { partition: partitionOf(region), accountId, region };
    const settings = { ...user, ...security.kms, preventDestroy: deletionProtection };
    const ecrKey = new KmsKeyModule(this, "ecr_key", {
      ...settings,
      description: `Container images of ${environment.project} ${environment.name}`,
      alias: keyAlias(environment, "ecr"),
      use: [useThroughEcr(user)],
    });
    const logsKey = new KmsKeyModule(this, "logs_key", {
      ...settings,
      description: `Log groups of ${environment.project} ${environment.name}`,
      alias: keyAlias(environment, "logs"),
      use: [useByLogGroups(user, [`${eventLogGroupPrefix(environment)}/`])],
    });
    publish(this, securityContract, {
      ecr_kms_key_arn: ecrKey.arn,
      logs_kms_key_arn: logsKey.arn,
    });
    if (hasCaches(environment))
      publish(this, pullThroughCacheContract, {
        ecr_template_role_arn: templateRole(this, environment, ecrKey.arn).arn,
      });
    if (security.ci) new PipelineRoles(this, "ci", environment);
    if (!holdsSecrets(environment)) return;
    const secretsKey = new KmsKeyModule(this, "secrets_key", {
      ...settings,
      description: `Secrets of ${environment.project} ${environment.name}`,
      alias: keyAlias(environment, "secrets"),
      use: [
        useForSecrets("secretsmanager", user),
        ...(environment.lambda ? [useForSecrets("lambda", user)] : []),
        ...(environment.eks ? [useForSecrets("eks", user)] : []),
      ],
    });
    publish(this, secretsContract, {
      secrets_kms_key_arn: secretsKey.arn,
      secret_arns: secretsOf(this, environment, secretsKey.arn),
    });
  }
}

/** The role with which ECR makes the repositories of caches. ECR says nothing of itself when it takes it on. */
function templateRole(stack: Construct, environment: Environment, layerKeyArn: string): ServiceRole {
  const { accountId, region } = environment;
  const encryption = encryptionOf(environment, layerKeyArn);
  return new ServiceRole(stack, "ecr_template", {
    name: templateRoleName(environment),
    description: `ECR makes the repositories of caches of ${environment.project} ${environment.name}`,
    service: "ecr.amazonaws.com",
    statements: templatePermission(
      repositoryArn({ name: repositoryName(environment, "*"), accountId, region }),
      encryption.type === "AES256" ? undefined : encryption.kmsKeyArn,
    ),
  });
}

/** The secrets without their values. ARNs by the name in the environment file. */
function secretsOf(stack: Construct, environment: Environment, kmsKeyArn: string): Record<string, string> {
  const { project, name: environmentName, accountId, security, deletionProtection } = environment;
  // A scope of their own, so that no name can collide with another construct of the stack.
  const scope = new Construct(stack, "secrets");
  return Object.fromEntries(
    Object.entries(security.secrets).map(([name, options]) => {
      const { description = `${name} of ${project} ${environmentName}`, ...rest } = options;
      const secret = new SecretModule(scope, name, {
        name: secretName(environment, name, rest),
        description,
        // ECR reads the credentials of a cache only when this key encrypts them.
        kmsKeyArn: rest.pullThroughCache ? "aws/secretsmanager" : kmsKeyArn,
        recoveryWindowInDays: rest.recoveryWindowInDays,
        accountId,
        preventDestroy: deletionProtection,
      });
      return [name, secret.arn];
    }),
  );
}
