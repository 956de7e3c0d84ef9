import { loginAction } from "../../modules/ecr/access/image-actions";
import { list, nonEmpty, object, oneOf, text } from "../schema/fields";

const principal = object({
  type: oneOf(["AWS", "Service", "Federated", "*"]).describe("Kind of principal, as IAM names it."),
  identifiers: list(nonEmpty("a principal is an ARN, an account id, a host or *; write it as a string"))
    .min(1, { error: "name at least one principal; add an ARN or an account id" })
    .describe(
      "ARNs or account ids for `AWS`, hosts such as `lambda.amazonaws.com` for `Service`, `*` for everyone.",
    ),
}).describe("Principals of one kind.");

const condition = object({
  test: nonEmpty("a condition has an operator of IAM; write for example StringEquals").describe(
    "Condition operator, e.g. `StringEquals`.",
  ),
  variable: nonEmpty("a condition has a key of IAM; write for example aws:PrincipalOrgID").describe(
    "Condition key, e.g. `aws:PrincipalOrgID`.",
  ),
  values: list(nonEmpty("a value is a string that is not empty; write it in quotes"))
    .min(1, { error: "a condition compares with at least one value; add one" })
    .describe("Values to compare with."),
}).describe("One condition of a statement.");

const actionAdvice =
  "a repository policy holds ecr: actions other than GetAuthorizationToken, which works only in an identity policy on *; write for example ecr:BatchGetImage";

/** IAM reads actions without regard to case. */
const ecrAction = text(/^ecr:(?!GetAuthorizationToken$)[A-Za-z*]+$/, actionAdvice).refine(
  (action) => action.toLowerCase() !== loginAction.toLowerCase(),
  { error: actionAdvice },
);

/** One statement of a repository policy. */
export const PolicyStatement = object({
  sid: text(
    /^[0-9A-Za-z]{1,100}$/,
    "a Sid has letters and digits only; write for example PullFromBuildRole",
  ).describe("Name of the statement. No two statements of a repository share one."),
  effect: oneOf(["Allow", "Deny"]).default("Allow").describe("Whether the statement allows or denies."),
  actions: list(ecrAction)
    .min(1, { error: "a statement needs an action; add for example ecr:BatchGetImage" })
    .describe("Actions of ECR, e.g. `ecr:BatchGetImage`; `*` stands for any text."),
  principals: list(principal)
    .min(1, { error: "a statement needs a principal; add { type, identifiers }" })
    .describe("Whom the statement is about."),
  conditions: list(condition).default([]).describe("When the statement holds; all of them must."),
}).describe("One statement of the repository policy, spelt as in Terraform's `aws_iam_policy_document`.");
