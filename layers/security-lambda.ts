import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../environments/environment";
import { functionName, functionRoleName } from "../environments/naming";
import { partitionOf } from "../modules/aws-partition";
import { executionStatements } from "../modules/lambda/execution-policy";
import { ServiceRole } from "../modules/service-role";
import { publish } from "./contract";
import { lambdaRolesContract } from "./security.contract";

/**
 * The roles of an environment's Lambda functions, one for each, and their contract.
 *
 * @param secretsKeyArn ARN of the key that encrypts secrets and the variables of functions
 * @param secretArns ARN of each secret, by its name in the environment file
 */
export function addFunctionRoles(
  stack: TerraformStack,
  environment: Environment,
  secretsKeyArn: string,
  secretArns: Readonly<Record<string, string>>,
): void {
  const { accountId, region, lambda } = environment;
  // A scope of their own, so that no name can collide with another construct of the stack.
  const scope = new Construct(stack, "lambda_roles");
  const roles = Object.entries(lambda?.functions ?? {}).map(([name, options]) => {
    const secrets = Object.values(options.secrets);
    const role = new ServiceRole(scope, name, {
      name: functionRoleName(environment, name),
      description: `Lambda function ${functionName(environment, name)}`,
      service: "lambda.amazonaws.com",
      statements: executionStatements({
        partition: partitionOf(region),
        accountId,
        region,
        functionName: functionName(environment, name),
        traces: options.tracing === "Active",
        deadLetter: options.deadLetter,
        inVpc: options.vpc,
        hasVariables: secrets.length + Object.keys(options.environment).length > 0,
        secretsKeyArn,
        secretArns: [...new Set(secrets)].map((secret) => secretArnOf(secretArns, secret)),
      }),
    });
    return [name, role.arn];
  });
  publish(stack, lambdaRolesContract, { lambda_role_arns: Object.fromEntries(roles) });
}

/** `loadEnvironments` has reported unknown secrets before any stack is built. */
function secretArnOf(secretArns: Readonly<Record<string, string>>, secret: string): string {
  const arn = secretArns[secret];
  if (arn === undefined) throw new Error(`there is no secret ${secret}`);
  return arn;
}
