import type { Construct } from "constructs";
import type { Environment } from "../environments/environment";
import { ecsLogGroupPrefix, eventLogGroupPrefix, keyAlias, stackName } from "../environments/naming";
import { partitionOf } from "../modules/aws-partition";
import { KmsKeyModule } from "../modules/kms-key";
import { useByLogGroups, useThroughEcr } from "../modules/kms-use";
import { publish } from "./contract";
import { LayerStack } from "./layer-stack";
import { ecsRolesContract, securityContract } from "./security.contract";
import { ecsRoles } from "./security-ecs";

/** Keys and roles of one environment. */
export class SecurityLayer extends LayerStack {
  constructor(scope: Construct, environment: Environment, providerVersion: string) {
    super(scope, stackName("security", environment), { layer: "security", environment, providerVersion });
    const { accountId, region, security, ecs, deletionProtection } = environment;
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
          ...(ecs ? [ecsLogGroupPrefix(environment)] : []),
        ]),
      ],
    });
    publish(this, securityContract, {
      ecr_kms_key_arn: ecrKey.arn,
      logs_kms_key_arn: logsKey.arn,
    });
    if (ecs) publish(this, ecsRolesContract, ecsRoles(this, environment, ecs));
  }
}
