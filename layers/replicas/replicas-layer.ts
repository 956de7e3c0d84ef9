import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { stackName } from "../../environments/naming";
import { replicaEncryptionOf } from "../../environments/plan/encryption";
import { formerNames } from "../../environments/plan/former-names";
import { replicaPolicyTextOf } from "../../environments/plan/lifecycle";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { furtherRegions, replicasOf } from "../../environments/plan/replicas";
import { NameScope } from "../../modules/terraform/name-scope";
import { readLayer } from "../contract";
import { LayerStack } from "../layer-stack";
import { addRepository } from "../repository";
import { replicaKeysContract } from "../security/security.contract";

/**
 * The replicas of an environment's repositories in other Regions of its account. ECR creates a missing one itself, but with
 * AES256 encryption, mutable tags and no policies, so these exist before the rule that fills them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 * @see https://github.com/aws-samples/amazon-ecr-kms-replication AWS's sample also creates the encrypted replica first
 */
export class ReplicasLayer extends LayerStack {
  constructor(scope: Construct, environment: LiteralEnvironment) {
    super(scope, stackName("replicas", environment), {
      ...{ layer: "replicas", environment },
      furtherRegions: furtherRegions(environment),
    });
    const keys = readLayer(this, "security", environment, replicaKeysContract);
    const replicas = new NameScope(this, "replicas", "ecr");
    const regions = new Map<string, NameScope>();
    const former = formerNames(environment.ecr.repositories);
    const urls: Record<string, Record<string, string>> = {};
    const arns: Record<string, Record<string, string>> = {};
    for (const { repository, region } of replicasOf(environment)) {
      const inRegion = regions.get(region) ?? new NameScope(replicas, region, undefined, former);
      regions.set(region, inRegion);
      const module = addRepository(inRegion, environment, repository, {
        region,
        encryption: replicaEncryptionOf(environment, () => keys.replica_kms_key_arns(region)),
        lifecyclePolicy: replicaPolicyTextOf,
        provider: this.providerIn(region),
      });
      urls[region] ??= {};
      urls[region][repository] = module.repositoryUrl;
      arns[region] ??= {};
      arns[region][repository] = module.repositoryArn;
    }
    const output = (id: string, description: string, value: typeof urls) =>
      new TerraformOutput(this, id, { description, staticId: true, value });
    output(
      "ecr_replica_urls",
      "Where the images of each replica are pulled from, by Region and short name",
      urls,
    );
    output("ecr_replica_arns", "ARN of each replica, by Region and short name", arns);
  }
}
