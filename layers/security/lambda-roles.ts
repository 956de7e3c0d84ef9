import type { TerraformStack } from "cdktf";
import type { LambdaOptions } from "../../environments/options/lambda";
import type { Environment } from "../../environments/plan/environment";
import { functionName, functionRoleName } from "../../environments/plan/lambda";
import { partitionOf } from "../../modules/iam/aws-partition";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import { executionStatements } from "../../modules/lambda/execution-policy";
import { NameScope } from "../../modules/terraform/name-scope";
import type { Outputs } from "../contract";
import { secretArns } from "./secrets";
import type { lambdaRolesContract, secretsContract } from "./security.contract";

/**
 * The roles of an environment's Lambda functions, one for each.
 *
 * @param secrets what the layer publishes of its secrets
 * @throws Error when there are none: the secrets key encrypts the variables of functions
 */
export function functionRoles(
  stack: TerraformStack,
  environment: Environment,
  { functions }: LambdaOptions,
  secrets: Outputs<typeof secretsContract> | undefined,
): Outputs<typeof lambdaRolesContract> {
  if (secrets === undefined) throw new Error(`${stack.node.id} has no secrets key for its functions`);
  const { accountId, region } = environment;
  // A scope of their own, so that no name can collide with another construct of the stack.
  const scope = new NameScope(stack, "lambda_roles");
  const roles = Object.entries(functions).map(([name, options]) => {
    const read = Object.values(options.secrets);
    const role = new ServiceRoleModule(scope, name, {
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
        hasVariables: read.length + Object.keys(options.environment).length > 0,
        secretsKeyArn: secrets.secrets_kms_key_arn,
        secretArns: secretArns(read, secrets),
      }),
    });
    return [name, role.arn];
  });
  return { lambda_role_arns: Object.fromEntries(roles) };
}
