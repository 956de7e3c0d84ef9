import { Construct } from "constructs";
import type { Environment } from "../environments/environment";
import { clusterName, eventLogGroupPrefix, keyAlias, secretName, stackName } from "../environments/naming";
import { holdsSecrets } from "../environments/secret-options";
import { partitionOf } from "../modules/aws-partition";
import { controlPlaneLogGroup } from "../modules/eks/control-plane-log";
import { KmsKeyModule } from "../modules/kms-key";
import { useByLogGroups, useForSecrets, useThroughEcr } from "../modules/kms-use";
import { SecretModule } from "../modules/secret-module";
import { publish } from "./contract";
import { LayerStack } from "./layer-stack";
import { secretsContract, securityContract } from "./security.contract";
import { addClusterRoles } from "./security-eks";

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
      use: [
        useByLogGroups(user, [
          `${eventLogGroupPrefix(environment)}/`,
          ...(environment.eks ? [controlPlaneLogGroup(clusterName(environment))] : []),
        ]),
      ],
    });
    publish(this, securityContract, {
      ecr_kms_key_arn: ecrKey.arn,
      logs_kms_key_arn: logsKey.arn,
    });
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
    if (environment.eks) addClusterRoles(this, environment);
  }
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
