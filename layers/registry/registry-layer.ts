import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Construct } from "constructs";
import { eventLogGroupPrefix, namePrefix, registryStackName } from "../../environments/naming";
import { accountSettingValues } from "../../environments/plan/account-settings";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { ownsRegistry } from "../../environments/plan/registry-owner";
import { type RegistryPlan, usersOf } from "../../environments/plan/registry-plan";
import { registryPolicyStatements } from "../../environments/plan/registry-policy";
import { registrySum } from "../../environments/plan/registry-sum";
import { requiredReplicas } from "../../environments/plan/required-replicas";
import {
  AccountSettingsModule,
  accountSettingAddresses,
} from "../../modules/ecr/registry/account-settings-module";
import { EcrRegistryModule, registryAddresses } from "../../modules/ecr/registry/ecr-registry-module";
import { settingsOf } from "../../modules/ecr/registry/registry-requests";
import { eventDeliveryPolicy } from "../../modules/events/event-log-module";
import { partitionOf } from "../../modules/iam/aws-partition";
import { LayerStack } from "../layer-stack";
import { addCreationTemplates } from "./creation-templates";
import { addPullThroughCaches } from "./pull-through-caches";
import { addPullTimeExclusions } from "./pull-time-exclusions";
import { requireReplicas } from "./required-replicas";

/**
 * The settings of one registry, which all environments in its account and Region and all replicas there share. No other
 * stack manages them. If another project owns them, this stack has only what AWS keeps by name: caches, repository creation
 * templates, pull-time update exclusions, and the delivery of events to logs.
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
    if (ownsRegistry(plan)) this.addSettings(plan, allEnvironments);
    else this.forget([...registryAddresses, ...accountSettingAddresses]);
    addPullThroughCaches(this, plan.environments);
    addCreationTemplates(this, plan.environments);
    addPullTimeExclusions(this, plan.environments);
    const logging = plan.environments.filter(({ ecr }) => ecr.enableScanFindingsLogging);
    if (logging.length > 0)
      new CloudwatchLogResourcePolicy(this, "event_delivery", {
        // The owner of a shared registry has a policy of the other name.
        policyName: ownsRegistry(plan)
          ? `${registryStackName(plan)}-event-delivery`
          : `${namePrefix(first)}-event-delivery`,
        policyDocument: eventDeliveryPolicy(registry, logging.map(eventLogGroupPrefix)),
      });
  }

  /** What AWS keeps once per registry, and a second project would overwrite. */
  private addSettings(
    plan: RegistryPlan<LiteralEnvironment>,
    allEnvironments: readonly LiteralEnvironment[],
  ): void {
    const { scanning, replication } = registrySum(plan);
    new EcrRegistryModule(this, "registry", {
      scanning: settingsOf(scanning),
      replication: settingsOf(replication),
      replicationDependsOn: requireReplicas(this, requiredReplicas(plan), (region) =>
        this.providerIn(region),
      ),
      policyStatements: registryPolicyStatements(plan, allEnvironments),
    });
    new AccountSettingsModule(this, "account_settings", { values: accountSettingValues(plan) });
  }

  /**
   * Remove resources from the state that this stack no longer has, and leave them in AWS. Addresses that are not in the
   * state are ignored.
   *
   * @see https://developer.hashicorp.com/terraform/language/block/removed
   */
  private forget(addresses: readonly string[]): void {
    this.addOverride(
      "removed",
      addresses.map((from) => ({ from, lifecycle: { destroy: false } })),
    );
  }
}
