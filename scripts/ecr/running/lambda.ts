import { GetFunctionCommand, LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import type { AccountConnection } from "../account-connection";
import type { RunningImage } from "./running-image";

/**
 * The images of Lambda functions, of every version: an alias can name any, and Lambda can need the image of a version again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCodeLocation.html `ResolvedImageUri` has the digest
 */
export async function runningInLambda(account: AccountConnection, region: string): Promise<RunningImage[]> {
  const client = account.client(LambdaClient, region);
  const running: RunningImage[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, { FunctionVersion: "ALL" }))
    for (const { PackageType, FunctionName, Version } of Functions) {
      if (PackageType !== "Image") continue;
      const { Code } = await client.send(new GetFunctionCommand({ FunctionName, Qualifier: Version }));
      const uri = Code?.ResolvedImageUri ?? Code?.ImageUri;
      if (uri === undefined) continue;
      const user = `Lambda function ${FunctionName}:${Version} in account ${account.accountId}, ${region}`;
      running.push({ uri, user });
    }
  return running;
}
