import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { repositoryName, stackName } from "../../environments/naming";
import { grantAccess } from "../../environments/plan/access";
import { policyTextOf } from "../../environments/plan/lifecycle";
import { scanFrequencyOf } from "../../environments/plan/registry";
import { EcrModule } from "../../modules/ecr/ecr-module";
import { encryptionOf } from "../ecr-encryption";
import { readLayer } from "../layer-reading";
import { LayerStack } from "../layer-stack";
import { mapOutput } from "../map-output";
import { securityContract } from "../security/security.contract";
import { addEcs } from "./ecs";
import { addCluster } from "./eks";
import { addFunctions } from "./lambda";
import { addSignals } from "./monitoring";

/** Container repositories of one environment, what they report, and what runs their images. */
export class ComputeLayer extends LayerStack {
  constructor(scope: Construct, environment: Environment, providerVersion: string) {
    super(scope, stackName("compute", environment), { layer: "compute", environment, providerVersion });
    const { accountId, region, ecr } = environment;
    const security = readLayer(this, "security", environment, securityContract);
    const encryption = encryptionOf(environment, security.ecr_kms_key_arn);
    // A scope of their own, so that no short name can collide with another construct of the stack.
    const scopeOfRepositories = new Construct(this, "repositories");
    const repositories = new Map<string, EcrModule>();
    for (const [shortName, options] of Object.entries(ecr.repositories)) {
      const name = repositoryName(environment, shortName);
      const module = new EcrModule(scopeOfRepositories, shortName, {
        name,
        accountId,
        region,
        encryption,
        imageTagMutability: options.imageTagMutability,
        imageTagMutabilityExclusionFilters: options.imageTagMutabilityExclusionFilters,
        scanOnPush: scanFrequencyOf(options) !== "MANUAL",
        lifecyclePolicy: policyTextOf(options),
        forceDelete: options.forceDelete,
        preventDestroy: environment.deletionProtection,
      });
      grantAccess(module, environment, options);
      repositories.set(shortName, module);
    }
    addSignals(this, environment, security.logs_kms_key_arn);
    if (environment.ecs) addEcs(this, environment, environment.ecs, repositories);
    if (environment.eks) addCluster(this, environment, environment.eks);
    if (environment.lambda) addFunctions(this, environment, environment.lambda, repositories);

    const output = (id: string, description: string, attribute: (module: EcrModule) => string) =>
      mapOutput(this, id, description, repositories, attribute);
    output("ecr_repository_urls", "Where images are pushed to, by short name", (m) => m.repositoryUrl);
    output("ecr_repository_arns", "ARN of each repository, by short name", (m) => m.repositoryArn);
    output("ecr_repository_names", "Name of each repository in ECR, by short name", (m) => m.repositoryName);
    output("ecr_registry_ids", "Account of each repository's registry, by short name", (m) => m.registryId);
  }
}
