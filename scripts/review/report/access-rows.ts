import type { Access } from "../access-entry";
import { conditionText } from "../condition-text";
import { isUnconditional } from "../policy-coverage";
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

/**
 * Access that differs only in its actions, or only in its resources, is one row.
 *
 * @param isMore whether no earlier permission covers it
 */
export function rows(
  { address, name, type, exists }: PolicyResource,
  verb: Verb,
  all: readonly Access[],
  isMore = false,
): AccessDelta[] {
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
        address,
        name,
        principal: first.principal,
        verb,
        actions,
        resources: group
          .flatMap(({ on }) => (on === undefined || meansItself(type, on) ? [] : [on]))
          .toSorted(),
        condition: conditionText(first.condition),
        ofExisting: exists,
        broadens: isMore && exists,
        isPublic: isMore && verb === "gains" && isForEveryone(type, first),
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
const meansItself = (type: string, resource: string): boolean =>
  resource === "*" &&
  ["aws_kms_key", "aws_kms_replica_key", "aws_secretsmanager_secret_policy"].includes(type);

/** Everybody may use a VPC endpoint, in whose policy this is usual: it limits what its network reaches. */
const isForEveryone = (type: string, { principal, condition }: Access): boolean =>
  type !== "aws_vpc_endpoint" && /^everyone\b/.test(principal) && isUnconditional(condition);
