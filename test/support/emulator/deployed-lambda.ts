import { GetRolePolicyCommand, IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetFunctionCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { clientConfig } from "../../../emulator/client-config";
import type { Statement } from "../../../modules/iam/policy-document";

/** What AWS's API says of the Lambda functions of one account. */
export class DeployedLambda {
  private readonly iam: IAMClient;
  private readonly lambda: LambdaClient;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(variables: Readonly<Record<string, string>>) {
    const config = clientConfig(variables);
    this.iam = new IAMClient(config);
    this.lambda = new LambdaClient(config);
  }

  /** Names of all functions. */
  async functionNames(): Promise<string[]> {
    const { Functions = [] } = await this.lambda.send(new ListFunctionsCommand({}));
    return Functions.map(({ FunctionName = "" }) => FunctionName);
  }

  async function(FunctionName: string) {
    const { Configuration, Code, Concurrency } = await this.lambda.send(
      new GetFunctionCommand({ FunctionName }),
    );
    return { ...Configuration, ...Code, ...Concurrency };
  }

  /** Names of all roles. */
  async roleNames(): Promise<string[]> {
    const { Roles = [] } = await this.iam.send(new ListRolesCommand({}));
    return Roles.map(({ RoleName = "" }) => RoleName);
  }

  /** The statements of a role's inline policy of the same name. */
  async roleStatements(RoleName: string): Promise<Statement[]> {
    const { PolicyDocument = "" } = await this.iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: RoleName }),
    );
    return JSON.parse(decodeURIComponent(PolicyDocument)).Statement;
  }
}
