import type { Statement } from "../iam/policy-document";
import type { ManagedEnvironment } from "./plan-permission";

type Condition = NonNullable<Statement["Condition"]>;

/** Condition that the request sets the environment's tags (`Request`), or that the resource has them (`Resource`). */
export function tagCondition(
  { project, environment }: ManagedEnvironment,
  kind: "Request" | "Resource",
): Condition {
  return {
    StringEquals: { [`aws:${kind}Tag/Project`]: project, [`aws:${kind}Tag/Environment`]: environment },
  };
}

/**
 * Condition that the request sets the environment's tags on a resource that has neither of them. Without the second
 * part, the caller could tag any resource, and so take over those of others.
 */
export function firstTags(managed: ManagedEnvironment): Condition {
  return {
    ...tagCondition(managed, "Request"),
    Null: { "aws:ResourceTag/Project": "true", "aws:ResourceTag/Environment": "true" },
  };
}
