import { loginAction } from "../../modules/ecr/access/image-actions";
import { list, nonEmpty, object, oneOf, text } from "../../modules/values/fields";

const principal = object({
  type: oneOf(["AWS", "Service", "Federated", "*"]).describe("Principal type, as in IAM."),
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
  values: list(nonEmpty("a condition value is a non-empty string; put it in quotes"))
    .min(1, { error: "a condition needs at least one value; add one" })
    .describe("Values to compare the key with."),
}).describe("One condition of a statement.");

const actionAdvice =
  "a repository policy can contain ecr: actions except GetAuthorizationToken, which only an identity-based policy on * can allow; use an action such as ecr:BatchGetImage";

/** IAM actions are not case sensitive. */
const ecrAction = text(/^ecr:(?!GetAuthorizationToken$)[A-Za-z*]+$/, actionAdvice).refine(
  (action) => action.toLowerCase() !== loginAction.toLowerCase(),
  { error: actionAdvice },
);

/** One statement of a repository policy. */
export const PolicyStatement = object({
  sid: text(
    /^[0-9A-Za-z]{1,100}$/,
    "a Sid has only letters and digits; use a Sid such as PullFromBuildRole",
  ).describe("ID of the statement, unique within the repository policy."),
  effect: oneOf(["Allow", "Deny"]).default("Allow").describe("Whether the statement allows or denies."),
  actions: list(ecrAction)
    .min(1, { error: "a statement needs an action; add one such as ecr:BatchGetImage" })
    .describe("ECR actions, e.g. `ecr:BatchGetImage`; `*` matches any text."),
  principals: list(principal)
    .min(1, { error: "a statement needs a principal; add { type, identifiers }" })
    .describe("Principals that the statement applies to."),
  conditions: list(condition)
    .default([])
    .describe("Conditions under which the statement applies. All of them must be met."),
}).describe(
  "One statement of the repository policy, with the field names of Terraform's `aws_iam_policy_document`.",
);
