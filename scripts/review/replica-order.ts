import { explainReplication } from "../../modules/ecr/registry/registry-explanation";
import type { ReplicationRule } from "../../modules/ecr/registry/replication-settings";
import { valueAt } from "../../modules/values/value-at";
import { replicationOf, replicationType } from "./registry-loss";
import { effectOf, type ResourceChange, type TerraformPlan } from "./terraform-plan";

/** A repository in a Region of the account. */
export interface RegionalRepository {
  /** Full name, e.g. `myproject-prod-web-app`. */
  readonly name: string;
  readonly region: string;
}

/** ARNs of the keys in other Regions that a plan destroys or replaces. Only those of replicas are in other Regions. */
export function destroyedKeysElsewhere({ resource_changes = [] }: TerraformPlan, home: string): string[] {
  return resource_changes
    .filter(({ type }) => type === "aws_kms_key")
    .filter((change) => ["destroy", "replace"].includes(effectOf(change) ?? ""))
    .map(arnOf)
    .filter((arn) => arn !== "" && regionIn(arn) !== home);
}

/** The repositories that a plan destroys and does not create again. */
export function destroyedRepositories({ resource_changes = [] }: TerraformPlan): RegionalRepository[] {
  return resource_changes
    .filter((change) => change.type === "aws_ecr_repository" && effectOf(change) === "destroy")
    .map((change) => ({
      name: String(valueAt(change.change.before, ["name"])),
      region: regionIn(arnOf(change)),
    }));
}

/** Those of the repositories that the rules of a registry still replicate to, in the same account. */
export function stillReplicated(
  repositories: readonly RegionalRepository[],
  rules: readonly ReplicationRule[],
  accountId: string,
): RegionalRepository[] {
  return repositories.filter(({ name, region }) => regionsOf(rules, name, accountId).includes(region));
}

/** The replicas in the account that a plan of a registry no longer replicates to. */
export function endedReplication(
  { resource_changes = [] }: TerraformPlan,
  names: readonly string[],
  accountId: string,
): RegionalRepository[] {
  return resource_changes
    .filter(({ type }) => type === replicationType)
    .flatMap(({ change: { before, after } }) => {
      const [old, current] = [replicationOf(before), replicationOf(after)];
      return names.flatMap((name) => {
        const kept = regionsOf(current, name, accountId);
        return regionsOf(old, name, accountId)
          .filter((region) => !kept.includes(region))
          .map((region) => ({ name, region }));
      });
    });
}

function regionsOf(rules: readonly ReplicationRule[], name: string, accountId: string): string[] {
  return explainReplication(rules, name).destinations.flatMap(({ region, registryId }) =>
    registryId === accountId ? [region] : [],
  );
}

const arnOf = ({ change }: ResourceChange): string => String(valueAt(change.before, ["arn"]) ?? "");

const regionIn = (arn: string): string => arn.split(":")[3] ?? "";
