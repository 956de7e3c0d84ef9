import type { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { keyAlias, stackName, templateRoleArn } from "../../environments/naming";
import { ownsAlertTopic } from "../../environments/options/alerts";
import { holdsSecrets } from "../../environments/options/secrets";
import { logGroupPrefixes } from "../../environments/plan/log-groups";
import { hasCaches } from "../../environments/plan/pull-through-caches";
import { partitionOf } from "../../modules/iam/aws-partition";
import { KmsKeyModule } from "../../modules/kms/kms-key-module";
import {
  useByEventBridge,
  useByLogGroups,
  useByTemplateRole,
  useThroughEcr,
} from "../../modules/kms/kms-use";
import { publish } from "../contract";
import { encryptsWithLayerKey } from "../ecr-encryption";
import { LayerStack } from "../layer-stack";
import { ecsRoles } from "./ecs-roles";
import { clusterRoles } from "./eks-roles";
import { functionRoles } from "./lambda-roles";
import { PipelineRoles } from "./pipeline-roles";
import { secretsOf } from "./secrets";
import {
  ecsRolesContract,
  eksRolesContract,
  lambdaRolesContract,
  pullThroughCacheContract,
  secretsContract,
  securityContract,
} from "./security.contract";
import { templateRole } from "./template-role";

/** Keys, secrets and roles of one environment. */
export class SecurityLayer extends LayerStack {
  constructor(scope: Construct, environment: Environment, providerVersion: string) {
    super(scope, stackName("security", environment), { layer: "security", environment, providerVersion });
    const { accountId, region, security, deletionProtection, ecr, ecs, eks, lambda } = environment;
    const user = { partition: partitionOf(region), accountId, region };
    const settings = { ...user, ...security.kms, preventDestroy: deletionProtection };
    const ecrKey = new KmsKeyModule(this, "ecr_key", {
      ...settings,
      description: `Container images of ${environment.project} ${environment.name}`,
      alias: keyAlias(environment, "ecr"),
      use: [
        useThroughEcr(user),
        ...(hasCaches(environment) && encryptsWithLayerKey(environment)
          ? [useByTemplateRole(user, templateRoleArn(environment))]
          : []),
      ],
    });
    const logsKey = new KmsKeyModule(this, "logs_key", {
      ...settings,
      description: `Log groups and alerts of ${environment.project} ${environment.name}`,
      alias: keyAlias(environment, "logs"),
      use: [
        useByLogGroups(user, logGroupPrefixes(environment)),
        ...(ownsAlertTopic(ecr.alerts) ? [useByEventBridge()] : []),
      ],
    });
    publish(this, securityContract, {
      ecr_kms_key_arn: ecrKey.arn,
      logs_kms_key_arn: logsKey.arn,
    });
    const secrets = holdsSecrets(environment) ? secretsOf(this, environment, settings) : undefined;
    if (secrets) publish(this, secretsContract, secrets);
    if (ecs) publish(this, ecsRolesContract, ecsRoles(this, environment, ecs, secrets));
    if (eks) publish(this, eksRolesContract, clusterRoles(this, environment));
    if (lambda && secrets)
      publish(this, lambdaRolesContract, functionRoles(this, environment, lambda, secrets));
    if (hasCaches(environment))
      publish(this, pullThroughCacheContract, templateRole(this, environment, ecrKey.arn));
    if (security.ci) new PipelineRoles(this, "ci", environment);
  }
}
