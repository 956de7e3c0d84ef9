import { GetAliasCommand, GetFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { LambdaOptions } from "../../../environments/options/lambda";
import { functionName } from "../../../environments/plan/lambda";
import type { AccountConnection } from "../account-connection";
import { digestIn, type RunningNow } from "./pipeline-image";

/**
 * The image of the version that the alias of a function names.
 *
 * @param name in the environment file
 * @returns `undefined` if there is no such function, or no such alias
 * @throws CommandError when AWS does not say
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCodeLocation.html `ResolvedImageUri` has the digest
 */
export async function runningInFunction(
  account: AccountConnection,
  name: string,
  { alias = "" }: Pick<LambdaOptions["functions"][string], "alias">,
): Promise<RunningNow | undefined> {
  const client = account.client(LambdaClient);
  const FunctionName = functionName(account.environment, name);
  const route = await ifThere(account, `The alias ${alias} of ${FunctionName}`, () =>
    client.send(new GetAliasCommand({ FunctionName, Name: alias })),
  );
  if (route === undefined) return undefined;
  const { FunctionVersion: version, RoutingConfig } = route;
  const described = await ifThere(account, `Version ${version} of ${FunctionName}`, () =>
    client.send(new GetFunctionCommand({ FunctionName, Qualifier: version })),
  );
  const uri = described?.Code?.ResolvedImageUri ?? described?.Code?.ImageUri;
  if (uri === undefined) return undefined;
  const modified = described?.Configuration?.LastModified;
  return {
    uri,
    digest: digestIn(uri),
    since: modified === undefined ? undefined : new Date(modified),
    notes: Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {}).map(
      ([other, weight]) => `version ${other} has ${Math.round(weight * 100)} % of the traffic`,
    ),
  };
}

async function ifThere<Answer>(
  account: AccountConnection,
  what: string,
  request: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await request();
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return undefined;
    return account.ask(what, () => Promise.reject(error));
  }
}
