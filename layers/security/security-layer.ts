import type { Construct } from "constructs";
import { keyAlias, stackName, templateRoleArn } from "../../environments/naming";
import { encryptsWithLayerKey } from "../../environments/plan/encryption";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { logGroupPrefixes } from "../../environments/plan/log-groups";
import { ownsAlertTopic } from "../../environments/plan/monitoring";
import { readsPrivateRegistry } from "../../environments/plan/private-upstreams";
import { furtherRegions, replicaKeyRegions } from "../../environments/plan/replicas";
import { hasSecretsKey } from "../../environments/plan/secrets";
import { needsTemplateRole } from "../../environments/plan/templates";
import { partitionOf } from "../../modules/iam/aws-partition";
import { KmsKeyModule } from "../../modules/kms/kms-key-module";
import {
  useByEventBridge,
  useByLogGroups,
  useByTemplateRole,
  useThroughEcr,
} from "../../modules/kms/kms-use";
import { NameScope } from "../../modules/terraform/name-scope";
import { publish, publishVersion } from "../contract";
import { LayerStack } from "../layer-stack";
import { cacheRole } from "./cache-role";
import { addConsumerRoles } from "./consumer-roles";
import { PipelineRoles } from "./pipeline-roles";
import { type KeySettings, secretsOf } from "./secrets";
import {
  privateUpstreamContract,
  pullThroughCacheContract,
  replicaKeysContract,
  secretsContract,
  securityContract,
} from "./security.contract";
import { addSigningProfile } from "./signing-profile";
import { templateRole } from "./template-role";

/** Keys, secrets and roles of one environment. */
export class SecurityLayer extends LayerStack {
  constructor(scope: Construct, environment: LiteralEnvironment) {
    super(scope, stackName("security", environment), {
      ...{ layer: "security", environment },
      furtherRegions: furtherRegions(environment),
    });
    const { accountId, region, security, deletionProtection, ecr } = environment;
    const user = { partition: partitionOf(region), accountId, region };
    const settings = { ...user, ...security.kms, preventDestroy: deletionProtection };
    const ecrKey = new KmsKeyModule(this, "ecr_key", {
      ...settings,
      description: `Container images of ${environment.project} ${environment.name}`,
      alias: keyAlias(environment, "ecr"),
      use: [
        useThroughEcr(user),
        ...(needsTemplateRole(environment) && encryptsWithLayerKey(environment)
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
    publishVersion(this, "security");
    publish(this, securityContract, {
      ecr_kms_key_arn: ecrKey.arn,
      logs_kms_key_arn: logsKey.arn,
    });
    const replicaKeys = this.replicaKeys(environment, settings);
    if (Object.keys(replicaKeys).length > 0)
      publish(this, replicaKeysContract, { replica_kms_key_arns: replicaKeys });
    const secrets = hasSecretsKey(environment) ? secretsOf(this, environment, settings) : undefined;
    if (secrets) publish(this, secretsContract, secrets);
    addConsumerRoles(this, environment, secrets);
    if (needsTemplateRole(environment))
      publish(this, pullThroughCacheContract, templateRole(this, environment, ecrKey.arn));
    if (readsPrivateRegistry(environment))
      publish(this, privateUpstreamContract, cacheRole(this, environment));
    if (security.signingProfile) addSigningProfile(this, environment);
    if (security.ci) new PipelineRoles(this, "ci", environment);
  }

  /**
   * A key in each Region with replicas, because a repository is encrypted with a key of its own Region.
   *
   * @returns ARN of each key, by Region
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
   */
  private replicaKeys(environment: LiteralEnvironment, settings: KeySettings): Record<string, string> {
    const keys = new NameScope(this, "replica_keys");
    const arns = replicaKeyRegions(environment).map((region) => {
      const key = new KmsKeyModule(keys, region, {
        ...settings,
        description: `Container images of ${environment.project} ${environment.name} in ${region}`,
        alias: keyAlias(environment, "ecr"),
        use: [useThroughEcr({ ...settings, region })],
        provider: this.providerIn(region),
      });
      return [region, key.arn];
    });
    return Object.fromEntries(arns);
  }
}
