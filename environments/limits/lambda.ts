import { image, roleName, variables } from "./consumer-parts";
import { atMost, type Limits, limitedBy, pages, range, under } from "./limit";

const docs = "https://docs.aws.amazon.com";

const lambdaFunction: Limits = {
  ...image,
  ...variables(
    limitedBy("4,096 bytes of variables; letters, digits and `_`, first a letter", pages.lambda),
    limitedBy("4,096 bytes of variables with their names", pages.lambda),
  ),
  alias: atMost(
    128,
    "letters, digits, `-` and `_`; no number",
    `${docs}/lambda/latest/api/API_CreateAlias.html`,
  ),
  description: atMost(256, "any", pages.lambdaFunction),
  memorySize: range(pages.lambda),
  timeoutSeconds: range(pages.lambda),
  ephemeralStorage: range(pages.lambda),
  entryPoint: atMost(1500, "", pages.lambdaImage),
  "entryPoint[]": limitedBy("the request of 6 MB", pages.lambda),
  command: atMost(1500, "", pages.lambdaImage),
  "command[]": limitedBy("the request of 6 MB", pages.lambda),
  reservedConcurrency: range(pages.lambda),
  logRetentionDays: range(pages.logs),
};

/** Limits of the options of Lambda functions. */
export const lambdaLimits: Limits = under("lambda", {
  functions: limitedBy("1,000 roles in an account by default", pages.iam),
  "functions.<name>@": roleName("letters, digits, `-` and `_`"),
  ...under("functions.<name>", lambdaFunction),
});
