import type { Statement } from "../../modules/iam/policy-document";
import { type Call, matches } from "./iam-evaluator";

export interface Policy {
  readonly Statement: readonly Statement[];
}

/** Who asks: a role, or an AWS service. */
export type Caller =
  | { readonly roleArn: string; readonly organizationPath?: string }
  | { readonly service: string; readonly sourceArn?: string };

export interface Request {
  readonly caller: Caller;
  readonly action: string;
  /** ARN of the repository, or `*` for what is about no resource. */
  readonly resource: string;
  /** Account that the resource belongs to. */
  readonly owner: string;
}

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** Condition keys that a request of this caller has. */
function contextOf(caller: Caller): NonNullable<Call["context"]> {
  if ("service" in caller) return caller.sourceArn === undefined ? {} : { "aws:SourceArn": caller.sourceArn };
  const { roleArn, organizationPath } = caller;
  return {
    "aws:PrincipalArn": roleArn,
    ...(organizationPath !== undefined && {
      "aws:PrincipalOrgID": organizationPath.split("/")[0] ?? "",
      "aws:PrincipalOrgPaths": [organizationPath],
    }),
  };
}

/** How a statement may name a caller: itself, or its account, which leaves the last word to the account's own policies. */
function namesOf(caller: Caller): Readonly<Record<"itself" | "account", NonNullable<Call["principal"]>[]>> {
  if ("service" in caller) return { itself: [{ Service: caller.service }], account: [] };
  const account = accountOf(caller.roleArn);
  const partition = caller.roleArn.split(":")[1];
  return {
    itself: [{ AWS: caller.roleArn }],
    account: [{ AWS: account }, { AWS: `arn:${partition}:iam::${account}:root` }],
  };
}

/**
 * Whether policies on both sides allow a request, as AWS documents it: in one account either side is enough, across
 * accounts both must allow. Without an identity policy the caller has no permission of its own.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * @throws Error on a resource policy without principal, and on what the evaluator of one policy does not know
 */
export function isAllowed(
  { caller, action, resource, owner }: Request,
  policies: { readonly identity?: Policy; readonly resource?: Policy },
): boolean {
  const call = { action, resource, context: contextOf(caller) };
  const names = namesOf(caller);
  const naming = (statements: readonly Statement[], kind: keyof typeof names) =>
    statements.filter((statement) =>
      names[kind].some((principal) => matches(statement, { ...call, principal })),
    );
  const ofResource = policies.resource?.Statement ?? [];
  if (ofResource.some(({ Principal }) => Principal === undefined))
    throw new Error("a resource policy names a principal");
  const ofCaller = (policies.identity?.Statement ?? []).filter((statement) => matches(statement, call));
  const [itself, account] = [naming(ofResource, "itself"), naming(ofResource, "account")];
  if ([...ofCaller, ...itself, ...account].some(({ Effect }) => Effect === "Deny")) return false;
  if ("service" in caller) return itself.length > 0;
  return accountOf(caller.roleArn) === owner
    ? ofCaller.length > 0 || itself.length > 0
    : ofCaller.length > 0 && itself.length + account.length > 0;
}
