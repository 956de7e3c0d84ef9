import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Construct } from "constructs";
import { cacheImportsOf, cacheRequests } from "../environments/caches";
import type { Environment } from "../environments/environment";
import { eventLogGroupPrefix, registryStackName } from "../environments/naming";
import { type RegistryPlan, replicationSources, sharedRequests } from "../environments/registry-plan";
import { partitionOf } from "../modules/aws-partition";
import { cacheImports } from "../modules/ecr/cache-permission";
import { EcrRegistryModule, replicationFrom } from "../modules/ecr/ecr-registry-module";
import { settingsOf } from "../modules/ecr/registry-requests";
import { compileReplication } from "../modules/ecr/replication-settings";
import { compileScanning } from "../modules/ecr/scanning-settings";
import { eventDeliveryPolicy } from "../modules/event-log";
import { LayerStack } from "./layer-stack";
import { addPullThroughCaches } from "./pull-through-caches";

/** The settings that all environments of one account and Region share. The only owner of each of them. */
export class RegistryLayer extends LayerStack {
  constructor(
    scope: Construct,
    plan: RegistryPlan,
    allEnvironments: readonly Environment[],
    providerVersion: string,
  ) {
    const [first] = plan.environments;
    super(scope, registryStackName(plan), {
      layer: "registry",
      environment: first,
      environmentTag: plan.environments.map(({ name }) => name).join(" "),
      providerVersion,
    });
    const registry = { ...plan, partition: partitionOf(plan.region) };
    const requests = sharedRequests(plan);
    new EcrRegistryModule(this, "registry", {
      scanning: settingsOf(compileScanning(requests)),
      replication: settingsOf(compileReplication([...requests, ...plan.environments.flatMap(cacheRequests)])),
      policyStatements: [
        ...replicationSources(plan, allEnvironments).map((source) => replicationFrom(registry, source)),
        ...cacheImports(plan.environments.flatMap(cacheImportsOf)),
      ],
    });
    addPullThroughCaches(this, plan.environments);
    const logging = plan.environments.filter(({ ecr }) => ecr.enableScanFindingsLogging);
    if (logging.length > 0)
      new CloudwatchLogResourcePolicy(this, "event_delivery", {
        policyName: `${registryStackName(plan)}-event-delivery`,
        policyDocument: eventDeliveryPolicy(registry, logging.map(eventLogGroupPrefix)),
      });
  }
}
