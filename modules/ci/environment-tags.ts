import type { Statement } from "../iam/policy-document";
import type { ManagedEnvironment } from "./plan-permission";

type Condition = NonNullable<Statement["Condition"]>;

/** The call gives the tags of the environment, or is about a resource that has them. */
export function tagCondition(
  { project, environment }: ManagedEnvironment,
  kind: "Request" | "Resource",
): Condition {
  return {
    StringEquals: { [`aws:${kind}Tag/Project`]: project, [`aws:${kind}Tag/Environment`]: environment },
  };
}

/**
 * The call gives the tags of the environment to a resource that has neither of them. Whoever could give them to any
 * resource could take over those of others.
 */
export function firstTags(managed: ManagedEnvironment): Condition {
  return {
    ...tagCondition(managed, "Request"),
    Null: { "aws:ResourceTag/Project": "true", "aws:ResourceTag/Environment": "true" },
  };
}
