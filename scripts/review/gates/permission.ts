import { valueAt } from "../../../modules/values/value-at";
import { typeOf } from "../address-type";
import type { ResourceChange } from "../terraform-plan";
import { deniedLess } from "../weaker-document";
import type { Gate } from "./gate";

const policy = [deniedLess(["policy"])];

/** What a principal may do in a cluster that it could not do before. A narrower scope is not weighed. */
function clusterPolicy({ change: { before, after } }: ResourceChange): readonly string[] {
  if (after === null || after === undefined) return [];
  const [old, current] = [before, after].map((values) =>
    ["principal_arn", "policy_arn", "access_scope"].map((name) => valueAt(values, [name])),
  );
  if (JSON.stringify(old) === JSON.stringify(current)) return [];
  const namespaces = valueAt(after, ["access_scope", 0, "namespaces"]);
  const where =
    Array.isArray(namespaces) && namespaces.length > 0 ? namespaces.join(", ") : "the whole cluster";
  const text = (name: string) => String(valueAt(after, [name]) ?? "(known after apply)");
  return [`${text("principal_arn")} gains ${text("policy_arn")} in ${where}`];
}

/** Groups that a principal is added to; what they may do, Kubernetes says. */
function kubernetesGroups({ change: { before, after } }: ResourceChange): readonly string[] {
  const [old, current] = [before, after].map((values) =>
    [valueAt(values, ["kubernetes_groups"]) ?? []].flat(),
  );
  const more = (current ?? []).filter((group) => !old?.includes(group));
  return more.length === 0 ? [] : [`${String(valueAt(after, ["principal_arn"]))} joins ${more.join(", ")}`];
}

/**
 * Compared statement by statement, with wildcards and conditions. It does not weigh what several policies allow together;
 * for that, ask IAM Access Analyzer too.
 *
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoNewAccess.html
 */
export const permission: Gate = {
  severity: "risky",
  stops:
    "A policy or grant of something that exists allows more: a principal, action or resource is added, a wildcard is wider, or a condition or a Deny is removed; or somebody gains access to a Kubernetes cluster",
  rules: {
    aws_ecr_repository_creation_template: [deniedLess(["repository_policy"])],
    aws_ecr_repository_policy: policy,
    aws_kms_key: policy,
    aws_kms_replica_key: policy,
    aws_secretsmanager_secret_policy: policy,
    aws_s3_bucket_policy: policy,
    aws_sns_topic_policy: policy,
    aws_vpc_endpoint: policy,
    // https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
    aws_eks_access_policy_association: [clusterPolicy],
    aws_eks_access_entry: [kubernetesGroups],
  },
  find: ({ access }) =>
    access.filter(
      ({ address, broadens, isPublic }) => broadens && !isPublic && typeOf(address) !== "aws_iam_role",
    ),
};
