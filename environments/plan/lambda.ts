import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { executionStatements, functionLogGroup } from "../../modules/lambda/execution-policy";
import { type EnvironmentId, namePrefix, roleName } from "../naming";
import type { LambdaOptions } from "../options/lambda";
import type { ConsumerKindPlan } from "./consumer-kind";
import type { Environment } from "./environment";

/** Lambda functions. */
export const lambdaKind: ConsumerKindPlan = {
  collections: { functions: "Lambda function" },
  refusesCaches: "Lambda",
  resolvesTagAtDeploy: true,
  pipelineImages: true,
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

/**
 * The policy of a function's role. Rules check its length, and the security layer creates it.
 *
 * @param shortName name in the environment file
 */
export function functionStatements(
  environment: Environment,
  shortName: string,
  options: LambdaOptions["functions"][string],
  keyAndSecrets: { readonly secretsKeyArn: string; readonly secretArns: readonly string[] },
): Statement[] {
  const { accountId, region } = environment;
  const variables = Object.keys(options.secrets).length + Object.keys(options.environment).length;
  return executionStatements({
    ...{ partition: partitionOf(region), accountId, region },
    ...keyAndSecrets,
    functionName: functionName(environment, shortName),
    traces: options.tracing === "Active",
    deadLetter: options.deadLetter,
    inVpc: options.vpc,
    hasVariables: variables > 0,
    hasVersions: options.alias !== undefined,
  });
}
