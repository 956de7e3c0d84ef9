import { z } from "zod";
import { principalTypes } from "../../modules/iam/principal";
import { list, nonEmpty, object, oneOf } from "../../modules/values/fields";

const principal = object({
  type: oneOf(principalTypes).describe("Principal type, as in IAM."),
  identifiers: list(nonEmpty("a principal is an ARN, an account ID, a host name or *; use a string"))
    .min(1, { error: "an entry needs at least one identifier; add an ARN or an account ID" })
    .describe(
      "ARNs or account IDs for `AWS`, service principals such as `lambda.amazonaws.com` for `Service`, `*` for everyone.",
    ),
}).describe("Principals of one type.");

const condition = object({
  test: nonEmpty(
    "a condition needs an IAM condition operator; use an operator such as StringEquals",
  ).describe("Condition operator, e.g. `StringEquals`."),
  variable: nonEmpty("a condition needs an IAM condition key; use a key such as aws:PrincipalOrgID").describe(
    "Condition key, e.g. `aws:PrincipalOrgID`.",
  ),
  values: list(z.string({ error: "a condition value is a string; put it in quotes" }))
    .min(1, { error: "a condition needs at least one value; add one" })
    .describe("Values to compare the key with."),
}).describe("One condition of a statement.");

const actions = list(nonEmpty("an action is a non-empty string; use an action such as ecr:BatchGetImage"))
  .min(1, { error: "a statement needs an action; add one such as ecr:BatchGetImage" })
  .optional();

const principals = list(principal)
  .min(1, { error: "a statement needs a principal; add { type, identifiers }" })
  .optional();

/** One statement of a repository policy. This is its shape; a rule checks what its parts say. */
export const PolicyStatement = object({
  sid: z
    .string({ error: "a Sid is a string; use a Sid such as PullFromBuildRole" })
    .optional()
    .meta({ description: "ID of the statement.", defaultNote: "none" }),
  effect: oneOf(["Allow", "Deny"]).default("Allow").describe("Whether the statement allows or denies."),
  actions: actions.meta({
    description: "ECR actions, e.g. `ecr:BatchGetImage`; `*` matches any text.",
    defaultNote: "**required**, unless `notActions` is set",
  }),
  notActions: actions.meta({
    description: "Instead of `actions`: all actions except these.",
    defaultNote: "none",
  }),
  principals: principals.meta({
    description: "Principals that the statement applies to.",
    defaultNote: "**required**, unless `notPrincipals` is set",
  }),
  notPrincipals: principals.meta({
    description: "Instead of `principals`, in a statement that denies: all principals except these.",
    defaultNote: "none",
  }),
  conditions: list(condition)
    .default([])
    .describe("Conditions under which the statement applies. All of them must be met."),
}).describe(
  "One statement of the repository policy, with the field names of Terraform's `aws_iam_policy_document`.",
);
