import type { Statement } from "../iam/policy-document";
import type { ManagedEnvironment } from "./plan-permission";

type Condition = NonNullable<Statement["Condition"]>;

/** The properties of an environment that its tags have. */
type Tagged = Pick<ManagedEnvironment, "project" | "environment" | "tagNames">;

/**
 * Condition that the request sets the environment's tags (`Request`), or that the resource has them (`Resource`). IAM
 * does not distinguish the case of the tag's name in a condition key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag
 */
export function tagCondition({ project, environment, tagNames }: Tagged, kind: "Request" | "Resource") {
  return {
    StringEquals: {
      [`aws:${kind}Tag/${tagNames.project}`]: project,
      [`aws:${kind}Tag/${tagNames.environment}`]: environment,
    },
  } satisfies Condition;
}

/**
 * Condition that the request sets the environment's tags on a resource that has neither of them. Without the second
 * part, the caller could tag any resource, and so take over those of others.
 */
export function firstTags(managed: Tagged): Condition {
  const { project, environment } = managed.tagNames;
  return {
    ...tagCondition(managed, "Request"),
    Null: { [`aws:ResourceTag/${project}`]: "true", [`aws:ResourceTag/${environment}`]: "true" },
  };
}
