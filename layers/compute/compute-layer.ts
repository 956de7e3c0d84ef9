import type { Construct } from "constructs";
import { stackName } from "../../environments/naming";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { furtherPublicRegions } from "../../environments/plan/public-repositories";
import { publishVersion, readLayer } from "../contract";
import { LayerStack } from "../layer-stack";
import { securityContract } from "../security/security.contract";
import { addConsumers } from "./consumers";
import { addMonitoring } from "./monitoring";
import { addPublicRepositories } from "./public-repositories";
import { addRepositories, addRepositoryOutputs, readShards } from "./repositories";

/**
 * Repositories of one environment, their monitoring, and the consumers of their images. With `ecr.stateShards`, the
 * repositories are in stacks of their own, and this one reads them.
 */
export class ComputeLayer extends LayerStack {
  constructor(scope: Construct, environment: LiteralEnvironment) {
    super(scope, stackName("compute", environment), {
      ...{ layer: "compute", environment },
      furtherRegions: furtherPublicRegions(environment),
    });
    publishVersion(this, "compute");
    const { repositories, stateShards } = environment.ecr;
    const security = readLayer(this, "security", environment, securityContract);
    const own =
      stateShards === undefined ? addRepositories(this, environment, Object.keys(repositories)) : undefined;
    addMonitoring(this, environment, () => security.logs_kms_key_arn);
    addConsumers(this, environment, own ?? readShards(this, environment));
    addPublicRepositories(this, environment, (other) => this.providerIn(other));
    if (own !== undefined) addRepositoryOutputs(this, own);
  }
}
