import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Construct } from "constructs";
import { eventLogGroupPrefix, registryStackName } from "../../environments/naming";
import { accountSettingValues } from "../../environments/plan/account-settings";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { type RegistryPlan, registrySum, usersOf } from "../../environments/plan/registry";
import { registryPolicyStatements } from "../../environments/plan/registry-policy";
import { AccountSettingsModule } from "../../modules/ecr/registry/account-settings-module";
import { EcrRegistryModule } from "../../modules/ecr/registry/ecr-registry-module";
import { settingsOf } from "../../modules/ecr/registry/registry-requests";
import { eventDeliveryPolicy } from "../../modules/events/event-log-module";
import { partitionOf } from "../../modules/iam/aws-partition";
import { LayerStack } from "../layer-stack";
import { addCreationTemplates } from "./creation-templates";
import { addPullThroughCaches } from "./pull-through-caches";
import { addPullTimeExclusions } from "./pull-time-exclusions";

/**
 * The settings of one registry, which all environments in its account and Region and all replicas there share. No other
 * stack manages them.
 */
export class RegistryLayer extends LayerStack {
  constructor(
    scope: Construct,
    plan: RegistryPlan<LiteralEnvironment>,
    allEnvironments: readonly LiteralEnvironment[],
  ) {
    const users = usersOf(plan);
    const [first] = users;
    super(scope, registryStackName(plan), {
      layer: "registry",
      environment: { ...first, region: plan.region },
      environmentTag: users.map(({ name }) => name).join(" "),
    });
    const registry = { ...plan, partition: partitionOf(plan.region) };
    const { scanning, replication } = registrySum(plan);
    new EcrRegistryModule(this, "registry", {
      scanning: settingsOf(scanning),
      replication: settingsOf(replication),
      policyStatements: registryPolicyStatements(plan, allEnvironments),
    });
    new AccountSettingsModule(this, "account_settings", { values: accountSettingValues(plan.environments) });
    addPullThroughCaches(this, plan.environments);
    addCreationTemplates(this, plan.environments);
    addPullTimeExclusions(this, plan.environments);
    const logging = plan.environments.filter(({ ecr }) => ecr.enableScanFindingsLogging);
    if (logging.length > 0)
      new CloudwatchLogResourcePolicy(this, "event_delivery", {
        policyName: `${registryStackName(plan)}-event-delivery`,
        policyDocument: eventDeliveryPolicy(registry, logging.map(eventLogGroupPrefix)),
      });
  }
}
