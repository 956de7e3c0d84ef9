import { functionLogGroup } from "../../modules/lambda/execution-policy";
import { type EnvironmentId, namePrefix, roleName } from "../naming";
import type { ConsumerKindPlan } from "./consumer-kind";

/** Lambda functions. */
export const lambdaKind: ConsumerKindPlan = {
  collection: "functions",
  label: "Lambda function",
  refusesCaches: "Lambda",
  resolvesTagAtDeploy: true,
  secretsKeyUser: "lambda",
  logGroupPrefix: (environment) => functionLogGroup(functionName(environment, "")),
};

/** Name of a Lambda function, e.g. `myproject-dev-image-processor`. */
export function functionName(environment: EnvironmentId, shortName: string): string {
  return `${namePrefix(environment)}-${shortName}`;
}

/** Name of a Lambda function's role, e.g. `myproject-dev-lambda-image-processor`. */
export function functionRoleName(environment: EnvironmentId, shortName: string): string {
  return roleName(environment, `lambda-${shortName}`);
}
