import type { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { TerraformStack } from "cdktf";
import type { LambdaOptions } from "../../environments/options/lambda";
import type { Environment } from "../../environments/plan/environment";
import { functionName } from "../../environments/plan/lambda";
import { type FunctionNetwork, LambdaFunctionModule } from "../../modules/lambda/lambda-function-module";
import { NameScope } from "../../modules/terraform/name-scope";
import { readLayer } from "../contract";
import { mapOutput } from "../map-output";
import { networkContract } from "../network/network.contract";
import { lambdaRolesContract, secretsContract, securityContract } from "../security/security.contract";
import { imageUri, type Repositories } from "./image-uri";

/** Add the Lambda functions of an environment. Their repositories are in the same stack and so in the same Region. */
export function addFunctions(
  stack: TerraformStack,
  environment: Environment,
  { functions }: LambdaOptions,
  repositories: Repositories,
): void {
  const security = readLayer(stack, "security", environment, {
    ...securityContract,
    ...secretsContract,
    ...lambdaRolesContract,
  });
  const inVpc = Object.values(functions).some(({ vpc }) => vpc);
  const network = inVpc ? networkOf(stack, environment) : undefined;
  const scope = new NameScope(stack, "functions", "lambda");
  const created: [string, LambdaFunction][] = [];
  const aliases: [string, LambdaAlias][] = [];
  for (const [name, options] of Object.entries(functions)) {
    const repositoryPolicy = repositories.get(options.image.repository)?.repositoryPolicy;
    const secretArns = Object.entries(options.secrets).map(([variable, secret]) => [
      variable,
      security.secret_arns(secret),
    ]);
    const module = new LambdaFunctionModule(scope, name, {
      ...options,
      functionName: functionName(environment, name),
      imageUri: imageUri(environment, options.image, repositories),
      ignoresImage: options.image.managedBy === "pipeline",
      roleArn: security.lambda_role_arns(name),
      environment: { ...options.environment, ...Object.fromEntries(secretArns) },
      variablesKeyArn: security.secrets_kms_key_arn,
      logsKeyArn: security.logs_kms_key_arn,
      network: options.vpc ? network : undefined,
      dependsOn: repositoryPolicy ? [repositoryPolicy] : [],
    });
    if (module.function !== undefined) created.push([name, module.function]);
    if (module.alias !== undefined) aliases.push([name, module.alias]);
  }
  mapOutput(
    stack,
    "lambda_function_names",
    "Name of each function in Lambda, by name",
    created,
    (f) => f.functionName,
  );
  mapOutput(stack, "lambda_function_arns", "ARN of each function, by name", created, (f) => f.arn);
  if (Object.values(functions).some(({ alias }) => alias !== undefined))
    mapOutput(stack, "lambda_alias_arns", "ARN of each function's alias, by name", aliases, (a) => a.arn);
}

/** Called only if a function runs in the VPC, so that the stack does not read unused state. */
function networkOf(stack: TerraformStack, environment: Environment): FunctionNetwork {
  const network = readLayer(stack, "network", environment, networkContract);
  return {
    vpcId: network.vpc_id,
    vpcCidrBlock: network.vpc_cidr_block,
    subnetIds: network.private_subnet_ids,
  };
}
