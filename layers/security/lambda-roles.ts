import type { TerraformStack } from "cdktf";
import type { LambdaOptions } from "../../environments/options/lambda";
import type { Environment } from "../../environments/plan/environment";
import { functionName, functionRoleName, functionStatements } from "../../environments/plan/lambda";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import { NameScope } from "../../modules/terraform/name-scope";
import type { Outputs } from "../contract";
import { secretArns } from "./secrets";
import type { lambdaRolesContract, secretsContract } from "./security.contract";

/**
 * Create the roles of an environment's Lambda functions, one for each function.
 *
 * @param secrets the layer's outputs for secrets
 * @throws Error when `secrets` is `undefined`: the secrets key encrypts the variables of functions
 */
export function functionRoles(
  stack: TerraformStack,
  environment: Environment,
  { functions }: LambdaOptions,
  secrets: Outputs<typeof secretsContract> | undefined,
): Outputs<typeof lambdaRolesContract> {
  if (secrets === undefined) throw new Error(`${stack.node.id} has no secrets key for its functions`);
  const { accountId } = environment;
  const scope = new NameScope(stack, "lambda_roles");
  const roles = Object.entries(functions).map(([name, options]) => {
    const role = new ServiceRoleModule(scope, name, {
      name: functionRoleName(environment, name),
      description: `Lambda function ${functionName(environment, name)}`,
      service: "lambda.amazonaws.com",
      // As in AWS's own instructions. AWS does not document that Lambda names the function when it assumes the role.
      // https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/specialized-skills/serverless-skills/deploying-custom-domain-rest-api/scripts/lambda-trust-policy.json
      trustCondition: { StringEquals: { "aws:SourceAccount": accountId } },
      statements: functionStatements(environment, name, options, {
        secretsKeyArn: secrets.secrets_kms_key_arn,
        secretArns: secretArns(Object.values(options.secrets), secrets),
      }),
    });
    return [name, role.arn];
  });
  return { lambda_role_arns: Object.fromEntries(roles) };
}
