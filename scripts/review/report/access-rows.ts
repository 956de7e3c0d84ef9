import { rememberedPair } from "../../../modules/values/remembered-pair";
import type { Access } from "../access-entry";
import { conditionText } from "../condition-text";
import { isUnconditional, uncovered } from "../policy-coverage";
import { type Said, without } from "../statement-access";
import { grouped } from "./grouped";

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
  /** Whether what the policy belongs to exists before and after. */
  readonly ofExisting: boolean;
  /** Whether something that existed before allows more than before. What a wider permission covers is not more. */
  readonly broadens: boolean;
  /** Whether everyone gains it without a condition. */
  readonly isPublic: boolean;
}

export type Verb = "gains" | "loses" | "is denied" | "is no longer denied";

/** A resource with a policy. */
export interface PolicyResource {
  readonly address: string;
  readonly name: string;
  readonly type: string;
  /** Whether what the policy belongs to exists before and after, so that a wider policy opens it. */
  readonly exists: boolean;
}

/** The rows of a resource whose policy said one thing and says another. */
export function accessDeltas(
  { address, name, type, exists }: PolicyResource,
  before: Said,
  after: Said,
): AccessDelta[] {
  return rowsBetween(before, after).map((row) => ({
    address,
    name,
    principal: row.principal,
    verb: row.verb,
    actions: row.actions,
    resources: everyResourceIsItself.has(type)
      ? row.resources.filter((resource) => resource !== "*")
      : row.resources,
    condition: row.condition,
    ofExisting: exists,
    broadens: row.isMore && exists,
    // Everybody may use a VPC endpoint, in whose policy this is usual: it limits what its network reaches.
    isPublic: row.isForEveryone && type !== "aws_vpc_endpoint",
  }));
}

/** A row for any resource that has the policies. */
interface Row extends Pick<AccessDelta, "principal" | "verb" | "actions" | "resources" | "condition"> {
  /** Whether no earlier permission covers it. */
  readonly isMore: boolean;
  /** Whether everyone gains it without a condition. */
  readonly isForEveryone: boolean;
}

/** Resources with the same policies are common. */
const rowsBetween = rememberedPair((before: Said, after: Said): readonly Row[] => {
  const wider = (verb: Verb, all: readonly Access[], others: readonly Access[]) => {
    const more = uncovered(all, others);
    return [...rows(verb, more, true), ...rows(verb, without(without(all, others), more))];
  };
  return [
    ...wider("gains", after.allowed, before.allowed),
    ...wider("is no longer denied", before.denied, after.denied),
    ...rows("loses", uncovered(before.allowed, after.allowed)),
    ...rows("is denied", uncovered(after.denied, before.denied)),
  ];
});

/** Access that differs only in its actions, or only in its resources, is one row. */
function rows(verb: Verb, all: readonly Access[], isMore = false): Row[] {
  const byResource = grouped(all, ({ principal, condition, resource: on }) => [principal, condition, on]);
  const withActions = byResource.map((group) => ({
    first: group[0],
    on: group[0]?.resource,
    actions: [...new Set(group.map(({ action }) => action))].toSorted(),
  }));
  const merged = grouped(withActions, ({ first, actions }) => [first?.principal, first?.condition, actions]);
  return merged.flatMap((group) => {
    const [{ first, actions } = { first: undefined, actions: [] }] = group;
    if (first === undefined) return [];
    return [
      {
        ...{ principal: first.principal, verb, actions },
        resources: group.flatMap(({ on }) => (on === undefined ? [] : [on])).toSorted(),
        condition: conditionText(first.condition),
        isMore,
        isForEveryone: isMore && verb === "gains" && isForEveryone(first),
      },
    ];
  });
}

/**
 * In the policy of a key, every resource is this key; in that of a secret, this secret.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
 */
const everyResourceIsItself: ReadonlySet<string> = new Set([
  ...["aws_kms_key", "aws_kms_replica_key", "aws_secretsmanager_secret_policy"],
]);

const isForEveryone = ({ principal, condition }: Access): boolean =>
  /^everyone\b/.test(principal) && isUnconditional(condition);
