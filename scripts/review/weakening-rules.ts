import { valueAt } from "../../modules/values/value-at";
import type { ResourceChange } from "./terraform-plan";
import type { WeakeningContext, WeakeningRule } from "./weakening";
import {
  changesInPlace,
  gained,
  lost,
  lowered,
  raised,
  removed,
  turnedOff,
  turnedOn,
  weaker,
} from "./weaker-attribute";
import { gainRule, lifecycleRule, policyRule } from "./weaker-document";

const mutability = ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION", "MUTABLE"];
const encryptionTypes = ["KMS_DSSE", "KMS", "AES256"];
const overwritten = "tags that were immutable can be overwritten";
const blocked = "S3 no longer blocks public access to the bucket";

/**
 * The rules of each resource type, in the order in which they are reported. What destroys or replaces a resource with
 * content is not here: see `protectedTypes`.
 */
export const weakeningRules: Readonly<Record<string, readonly WeakeningRule[]>> = {
  aws_ecr_repository: [
    weaker(["image_tag_mutability"], mutability, overwritten),
    gainedExclusion,
    turnedOff(["image_scanning_configuration", 0, "scan_on_push"], "pushed images are not scanned"),
    turnedOn(["force_delete"], "deleting the repository also deletes its images"),
  ],
  aws_ecr_repository_creation_template: [
    weaker(["image_tag_mutability"], mutability, overwritten),
    weaker(["encryption_configuration", 0, "encryption_type"], encryptionTypes, "in new repositories"),
    policyRule(["repository_policy"]),
    lifecycleRule(["lifecycle_policy"]),
  ],
  aws_ecr_lifecycle_policy: [lifecycleRule(["policy"])],
  aws_ecr_repository_policy: [policyRule(["policy"])],
  // What the registry takes away is in `registryLosses`.
  aws_ecr_registry_policy: [gainRule(["policy"])],
  aws_ecr_replication_configuration: [foreignDestinations],
  aws_kms_key: [
    lowered(["deletion_window_in_days"], "less time to cancel a deletion", { unset: 30 }),
    turnedOff(["enable_key_rotation"], "KMS no longer rotates the key"),
    raised(["rotation_period_in_days"], "KMS rotates the key less often"),
    turnedOff(["is_enabled"], "nothing can be decrypted with it"),
    policyRule(["policy"]),
  ],
  aws_secretsmanager_secret: [
    lowered(["recovery_window_in_days"], "less time to restore a deleted secret", { unset: 30 }),
    removed(["kms_key_id"], "the AWS managed key encrypts it"),
  ],
  aws_secretsmanager_secret_policy: [policyRule(["policy"])],
  aws_cloudwatch_log_group: [
    lowered(["retention_in_days"], "older log events are deleted", { unset: 0, unlimited: 0 }),
    removed(["kms_key_id"], "new log events are no longer encrypted with a customer managed key"),
    contentLost("its log events are deleted"),
  ],
  aws_s3_bucket: [turnedOn(["force_destroy"], "deleting the bucket also deletes its objects")],
  aws_s3_bucket_versioning: [
    weaker(
      ["versioning_configuration", 0, "status"],
      ["Enabled", "Suspended", "Disabled"],
      "overwritten objects cannot be restored",
    ),
  ],
  aws_s3_bucket_public_access_block: [
    turnedOff(["block_public_acls"], blocked),
    turnedOff(["block_public_policy"], blocked),
    turnedOff(["ignore_public_acls"], blocked),
    turnedOff(["restrict_public_buckets"], blocked),
  ],
  aws_s3_bucket_lifecycle_configuration: [
    lowered(
      ["rule", 0, "noncurrent_version_expiration", 0, "noncurrent_days"],
      "older versions of objects are deleted",
    ),
  ],
  aws_s3_bucket_policy: [policyRule(["policy"])],
  aws_sns_topic: [removed(["kms_master_key_id"], "messages are no longer encrypted")],
  aws_sns_topic_policy: [policyRule(["policy"])],
  aws_sqs_queue: [
    turnedOff(["sqs_managed_sse_enabled"], "messages are no longer encrypted"),
    lowered(["message_retention_seconds"], "older messages are deleted"),
  ],
  aws_vpc_endpoint: [existing(policyRule(["policy"]))],
  aws_iam_role: [
    policyRule(["assume_role_policy"]),
    removed(["permissions_boundary"], "nothing limits the role's policies"),
  ],
  aws_lb: [turnedOff(["enable_deletion_protection"], "the load balancer can be deleted")],
  aws_eks_cluster: [
    turnedOff(["deletion_protection"], "the cluster can be deleted"),
    turnedOn(
      ["vpc_config", 0, "endpoint_public_access"],
      "the Kubernetes API can be reached from the internet",
    ),
    gained(["vpc_config", 0, "public_access_cidrs"], "more addresses can reach the Kubernetes API"),
    lost(["enabled_cluster_log_types"], "these logs are no longer written"),
  ],
  aws_flow_log: [destroyed("connections are no longer logged")],
  aws_cloudwatch_event_rule: [destroyed("its events reach no log group or topic")],
  aws_sns_topic_subscription: [destroyed("its endpoint gets no alerts")],
};

/** A rule for resources that exist: a new endpoint opens nothing that was closed. */
function existing(rule: WeakeningRule): WeakeningRule {
  return (change, context) => (changesInPlace(change) ? rule(change, context) : []);
}

/** An exclusion makes an immutable tag mutable, and without one a mutable tag is not immutable. */
function gainedExclusion(change: ResourceChange, context: WeakeningContext): readonly string[] {
  const path = ["image_tag_mutability_exclusion_filter"];
  const { before, after } = change.change;
  const unchanged = valueAt(before, ["image_tag_mutability"]);
  if (unchanged !== valueAt(after, ["image_tag_mutability"])) return [];
  if (unchanged === "IMMUTABLE_WITH_EXCLUSION") return gained(path, overwritten)(change, context);
  return unchanged === "MUTABLE_WITH_EXCLUSION" ? lost(path, overwritten)(change, context) : [];
}

/** A resource whose content goes with it, also when another one replaces it. */
function contentLost(meaning: string): WeakeningRule {
  return ({ change: { actions } }) =>
    actions.includes("delete")
      ? [`is ${actions.includes("create") ? "replaced" : "destroyed"}; ${meaning}`]
      : [];
}

/** A resource that is destroyed and holds nothing itself. */
function destroyed(meaning: string): WeakeningRule {
  return ({ change: { actions } }) =>
    actions.includes("delete") && !actions.includes("create") ? [`is destroyed; ${meaning}`] : [];
}

/** Images that another account gets. */
function foreignDestinations({ change }: ResourceChange, { accountId }: WeakeningContext): readonly string[] {
  const [before, after] = [change.before, change.after].map((value) => {
    const rules = valueAt(value, ["replication_configuration", 0, "rule"]);
    const destinations = (Array.isArray(rules) ? rules : []).flatMap((rule) =>
      [valueAt(rule, ["destination"]) ?? []].flat(),
    );
    return new Set(destinations.map((destination) => String(valueAt(destination, ["registry_id"]))));
  });
  return [...(after ?? [])]
    .filter((account) => account !== accountId && !before?.has(account))
    .map((account) => `account ${account} gets copies of images`);
}
