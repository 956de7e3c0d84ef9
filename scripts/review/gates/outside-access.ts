import { valueAt } from "../../../modules/values/value-at";
import type { ResourceChange } from "../terraform-plan";
import type { WeakeningContext } from "../weakening";
import { changesInPlace } from "../weaker-attribute";
import { gainRule, grantRule } from "../weaker-document";
import type { Gate } from "./gate";

const policy = [gainRule(["policy"])];

/**
 * Principals of the same account gain nothing that IAM could not give them: see the gate `permission`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export const outsideAccess: Gate = {
  severity: "blocked",
  stops:
    "Another account, an identity provider or everyone gains a permission in a resource policy or a grant, or copies of images",
  rules: {
    aws_cloudwatch_log_resource_policy: [gainRule(["policy_document"])],
    aws_ecr_repository_creation_template: [gainRule(["repository_policy"])],
    aws_ecr_repository_policy: policy,
    aws_ecr_registry_policy: policy,
    aws_ecr_replication_configuration: [foreignDestinations],
    aws_ecrpublic_repository_policy: policy,
    aws_efs_file_system_policy: policy,
    aws_kms_grant: [grantRule],
    aws_kms_key: policy,
    aws_kms_replica_key: policy,
    aws_lambda_permission: [grantRule],
    aws_secretsmanager_secret_policy: policy,
    aws_s3_bucket_policy: policy,
    aws_sns_topic_policy: policy,
    aws_sqs_queue_policy: policy,
    // A new endpoint opens nothing that was closed.
    aws_vpc_endpoint: [
      (change, context) => (changesInPlace(change) ? gainRule(["policy"])(change, context) : []),
    ],
  },
};

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
