import { valueAt } from "../../../modules/values/value-at";
import type { Access } from "../access-entry";
import { documentIn } from "../canonical";
import { resourceLabel } from "../plan-review";
import { accessIn, isDenial, type StatementJson, statementsIn, without } from "../policy-access";
import { isUnconditional, uncovered } from "../policy-coverage";
import { subjectExists } from "../policy-subject";
import { effectOf, isUnknown, type ResourceChange, type TerraformPlan } from "../terraform-plan";
import { nameOf } from "../weakenings";
import { subjectGoes } from "../weaker-document";

/** How the access of one principal changes. */
export interface AccessDelta {
  /** The resource with the policy. */
  readonly address: string;
  readonly name: string;
  /** `everyone`, an account, an ARN, a service, or the role or policy that has the permission. */
  readonly principal: string;
  readonly verb: Verb;
  readonly actions: readonly string[];
  /** ARNs; none where the policy belongs to one resource. */
  readonly resources: readonly string[];
  /** E.g. `StringEquals aws:SourceAccount = 123456789012`; empty without one. */
  readonly condition: string;
  /** Whether something that existed before allows more than before. What a wider permission covers is not more. */
  readonly broadens: boolean;
  /** Whether everyone gains it without a condition. */
  readonly isPublic: boolean;
}

type Verb = "gains" | "loses" | "is denied" | "is no longer denied";

/** A policy in an attribute, and who has its permissions; `undefined` if its statements name their principals. */
interface PolicyAttribute {
  readonly attribute: string;
  readonly holder?: (values: unknown) => string;
}

const policy: PolicyAttribute = { attribute: "policy" };

/** The IAM policies among the arguments of each type. */
const policyAttributes: Readonly<Record<string, PolicyAttribute>> = {
  aws_cloudwatch_log_resource_policy: { attribute: "policy_document" },
  aws_ecr_registry_policy: policy,
  aws_ecr_repository_creation_template: { attribute: "repository_policy" },
  aws_ecr_repository_policy: policy,
  aws_iam_policy: { ...policy, holder: (values) => `policy ${text(values, "name")}` },
  aws_iam_role: { attribute: "assume_role_policy" },
  aws_iam_role_policy: { ...policy, holder: (values) => `role ${text(values, "role")}` },
  aws_kms_key: policy,
  aws_s3_bucket_policy: policy,
  aws_secretsmanager_secret_policy: policy,
  aws_sns_topic_policy: policy,
  aws_vpc_endpoint: policy,
};

const text = (values: unknown, attribute: string): string => String(valueAt(values, [attribute]));

/**
 * Who gains or loses which action on what under which condition. Sids, order, and how statements are split do not matter.
 *
 * @param accountId of the stack, twelve digits
 */
export function accessDeltas(plan: TerraformPlan, accountId: string): AccessDelta[] {
  return (plan.resource_changes ?? [])
    .filter((change) => effectOf(change) !== undefined)
    .flatMap((change) => deltasOf(change, accountId, existsBefore(change, plan)));
}

/** Whether what a policy belongs to exists before and after, so that a wider policy opens it. */
function existsBefore(change: ResourceChange, plan: TerraformPlan): boolean {
  const effect = effectOf(change);
  if (effect === "create") return subjectExists(change, plan);
  return effect !== "destroy" || !subjectGoes(change, plan);
}

function deltasOf(change: ResourceChange, accountId: string, exists: boolean): AccessDelta[] {
  if (change.type === "aws_iam_role_policy_attachment") return attachmentDeltas(change, exists);
  const found = Object.hasOwn(policyAttributes, change.type) ? policyAttributes[change.type] : undefined;
  if (found === undefined || isUnknown(change, [found.attribute])) return [];
  const [old, current] = [change.change.before, change.change.after].map((values) =>
    statementsOf(values, found),
  ) as [StatementJson[], StatementJson[]];
  const [allowedBefore, allowed] = [old, current].map((all) =>
    accessIn(
      all.filter((statement) => !isDenial(statement)),
      accountId,
    ),
  ) as [Access[], Access[]];
  const [deniedBefore, denied] = [old, current].map((all) => accessIn(all.filter(isDenial), accountId)) as [
    Access[],
    Access[],
  ];
  const wider = (verb: Verb, all: readonly Access[], others: readonly Access[]) => {
    const more = uncovered(all, others);
    return [
      ...rows(change, verb, more, { isMore: true, exists }),
      ...rows(change, verb, without(without(all, others), more)),
    ];
  };
  return [
    ...wider("gains", allowed, allowedBefore),
    ...wider("is no longer denied", deniedBefore, denied),
    ...rows(change, "loses", without(allowedBefore, allowed)),
    ...rows(change, "is denied", without(denied, deniedBefore)),
  ];
}

/** The statements of a policy; those of an IAM policy with the principal that has it. */
function statementsOf(values: unknown, { attribute, holder }: PolicyAttribute): StatementJson[] {
  const document = valueAt(values, [attribute]);
  if (documentIn(document) === undefined) return [];
  const statements = statementsIn(String(document));
  return holder === undefined
    ? statements
    : statements.map((statement) => ({ ...statement, Principal: { AWS: holder(values) } }));
}

/** Access that differs only in its actions, or only in its resources, is one row. */
function rows(
  change: ResourceChange,
  verb: Verb,
  all: readonly Access[],
  { isMore, exists } = { isMore: false, exists: false },
): AccessDelta[] {
  const byResource = grouped(all, ({ principal, condition, resource }) => [principal, condition, resource]);
  const withActions = byResource.map((group) => ({
    first: group[0],
    resource: group[0]?.resource,
    actions: [...new Set(group.map(({ action }) => action))].toSorted(),
  }));
  const merged = grouped(withActions, ({ first, actions }) => [first?.principal, first?.condition, actions]);
  return merged.flatMap((group) => {
    const [{ first, actions } = { first: undefined, actions: [] }] = group;
    if (first === undefined) return [];
    return [
      {
        address: change.address,
        name: nameOf(change),
        principal: first.principal,
        verb,
        actions,
        resources: group.flatMap(({ resource }) => (resource === undefined ? [] : [resource])).toSorted(),
        condition: conditionText(first.condition),
        broadens: isMore && exists,
        isPublic: isMore && verb === "gains" && isForEveryone(change, first),
      },
    ];
  });
}

/** Everybody may use a VPC endpoint, in whose policy this is usual: it limits what its network reaches. */
const isForEveryone = ({ type }: ResourceChange, { principal, condition }: Access): boolean =>
  type !== "aws_vpc_endpoint" && /^everyone\b/.test(principal) && isUnconditional(condition);

function grouped<T>(all: readonly T[], keyOf: (one: T) => unknown): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = JSON.stringify(keyOf(one));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function conditionText(condition: object): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys as object).map(
        ([key, values]) => `${operator} ${key} = ${[values].flat().map(String).toSorted().join(" or ")}`,
      ),
    )
    .toSorted()
    .join(" and ");
}

/** Managed policies that a role gets or loses. */
function attachmentDeltas(change: ResourceChange, exists: boolean): AccessDelta[] {
  const { before, after } = change.change;
  const delta = (values: unknown, verb: "gains" | "loses"): AccessDelta[] =>
    values === null
      ? []
      : [
          {
            address: change.address,
            name: nameOf(change),
            principal: `role ${text(values, "role")}`,
            verb,
            actions: [`everything that ${text(values, "policy_arn")} allows`],
            resources: [],
            condition: "",
            broadens: exists && verb === "gains",
            isPublic: false,
          },
        ];
  return [...delta(after, "gains"), ...delta(before, "loses")];
}

/** An access change on one line. */
export function accessText(delta: AccessDelta): string {
  const { principal, verb, actions, resources, condition } = delta;
  const where = resources.length === 0 ? "" : ` on ${resources.join(", ")}`;
  const when = condition === "" ? "" : `, if ${condition}`;
  return `${resourceLabel(delta)}: ${principal} ${verb} ${actions.join(", ")}${where}${when}`;
}
