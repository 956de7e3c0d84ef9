import type { Construct } from "constructs";
import { stackName } from "../../environments/naming";
import { encryptionOf } from "../../environments/plan/encryption";
import { policyTextOf } from "../../environments/plan/lifecycle";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { furtherPublicRegions } from "../../environments/plan/public-repositories";
import type { EcrModule } from "../../modules/ecr/ecr-module";
import { NameScope } from "../../modules/terraform/name-scope";
import { readLayer } from "../contract";
import { LayerStack } from "../layer-stack";
import { mapOutput } from "../map-output";
import { addRepository } from "../repository";
import { securityContract } from "../security/security.contract";
import { addConsumers } from "./consumers";
import { addMonitoring } from "./monitoring";
import { addPublicRepositories } from "./public-repositories";

/** Repositories of one environment, their monitoring, and the consumers of their images. */
export class ComputeLayer extends LayerStack {
  constructor(scope: Construct, environment: LiteralEnvironment) {
    super(scope, stackName("compute", environment), {
      ...{ layer: "compute", environment },
      furtherRegions: furtherPublicRegions(environment),
    });
    const { region, ecr } = environment;
    const security = readLayer(this, "security", environment, securityContract);
    const encryption = encryptionOf(environment, () => security.ecr_kms_key_arn);
    const repositoryScope = new NameScope(this, "repositories", "ecr");
    const repositories = new Map<string, EcrModule>();
    for (const [shortName, options] of Object.entries(ecr.repositories)) {
      const place = { region, encryption, lifecyclePolicy: policyTextOf(options) };
      repositories.set(shortName, addRepository(repositoryScope, environment, shortName, place));
    }
    addMonitoring(this, environment, () => security.logs_kms_key_arn);
    addConsumers(this, environment, repositories);
    addPublicRepositories(this, environment, (other) => this.providerIn(other));

    const output = (id: string, description: string, attribute: (module: EcrModule) => string) =>
      mapOutput(this, id, description, repositories, attribute);
    output("ecr_repository_urls", "Where images are pushed to, by short name", (m) => m.repositoryUrl);
    output("ecr_repository_arns", "ARN of each repository, by short name", (m) => m.repositoryArn);
    output("ecr_repository_names", "Name of each repository in ECR, by short name", (m) => m.repositoryName);
    output("ecr_registry_ids", "Account of each repository's registry, by short name", (m) => m.registryId);
  }
}
