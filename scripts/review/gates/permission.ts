import { valueAt } from "../../../modules/values/value-at";
import { typeOf } from "../address-type";
import { podRole } from "../pod-role";
import { uncovered } from "../policy-coverage";
import { type StatementJson, statementsIn } from "../policy-statements";
import { saidIn } from "../statement-access";
import { attributeChange, isUnknown, type ResourceChange } from "../terraform-plan";
import type { WeakeningContext } from "../weakening";
import { changesInPlace, gained } from "../weaker-attribute";
import { deniedLess } from "../weaker-document";
import type { Gate } from "./gate";
import { workloadRights } from "./workload-rights";

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

/** What a role may do more by the policies in it, which are compared as one. A new role had no permission to widen. */
function inlinePolicies(change: ResourceChange, { accountId }: WeakeningContext): readonly string[] {
  const isUpdate = changesInPlace(change) && !change.change.actions.includes("delete");
  if (!isUpdate) return [];
  if (isUnknown(change, ["inline_policy"])) return [attributeChange(change, ["inline_policy"])];
  try {
    const [before, after] = [change.change.before, change.change.after].map((values) =>
      saidIn(inlineStatements(values), accountId),
    );
    if (before === undefined || after === undefined) return [];
    const more = uncovered(after.allowed, before.allowed).map(
      ({ action, resource = "*" }) => `${action} on ${resource}`,
    );
    const undenied = uncovered(before.denied, after.denied).length > 0;
    return [
      ...(more.length === 0 ? [] : [`inline_policy: the role gains ${[...new Set(more)].join(", ")}`]),
      ...(undenied ? ["inline_policy: a Deny is removed or changed"] : []),
    ];
  } catch (error) {
    if (error instanceof SyntaxError) return [attributeChange(change, ["inline_policy"])];
    throw error;
  }
}

function inlineStatements(values: unknown): readonly StatementJson[] {
  const policies = valueAt(values, ["inline_policy"]);
  return (Array.isArray(policies) ? policies : []).flatMap((one) =>
    statementsIn(String(valueAt(one, ["policy"]) ?? "")),
  );
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
    "A policy or grant of something that exists allows more: a principal, action or resource is added, a wildcard is wider, or a condition or a Deny is removed; or someone gains access to a Kubernetes cluster or to running containers; or pods, tasks or functions get another role, or containers more rights on their host",
  rules: {
    aws_cloudwatch_log_resource_policy: [deniedLess(["policy_document"])],
    aws_ecr_registry_policy: policy,
    aws_ecr_repository_creation_template: [deniedLess(["repository_policy"])],
    aws_ecr_repository_policy: policy,
    aws_ecrpublic_repository_policy: policy,
    aws_efs_file_system_policy: policy,
    aws_iam_role: [
      inlinePolicies,
      gained(["managed_policy_arns"], "the role may do everything that the new policies allow"),
    ],
    aws_kms_key: policy,
    aws_kms_replica_key: policy,
    aws_secretsmanager_secret_policy: policy,
    aws_s3_bucket_policy: policy,
    aws_sns_topic_policy: policy,
    aws_sqs_queue_policy: policy,
    aws_vpc_endpoint: policy,
    ...workloadRights,
    // https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
    aws_eks_access_policy_association: [clusterPolicy],
    aws_eks_access_entry: [kubernetesGroups],
    aws_eks_pod_identity_association: [podRole],
  },
  find: ({ access }) =>
    access.filter(
      ({ address, broadens, isPublic }) => broadens && !isPublic && typeOf(address) !== "aws_iam_role",
    ),
};
