import {
  GetFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionUpdatedV2,
  waitUntilPublishedVersionActive,
} from "@aws-sdk/client-lambda";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";

/** Seconds that Lambda may take to make an image ready. It loads all of it. */
const longest = 900;

/** What a function shall run. */
export interface NewCode {
  readonly functionName: string;
  /** `<repository URL>@<digest>` */
  readonly imageUri: string;
  readonly digest: string;
  readonly architecture: "x86_64" | "arm64";
}

/**
 * Give a function an image, and publish a version with it and with the settings that the function has now. The aliases stay as
 * they are. If nothing has changed, Lambda returns the newest version.
 *
 * @param abortSignal ends the waiting
 * @returns the version
 * @throws CommandError when AWS refuses, or when something else changes the function meanwhile
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export async function publishedVersion(
  account: AccountConnection,
  { functionName: FunctionName, imageUri, digest, architecture }: NewCode,
  abortSignal: AbortSignal,
): Promise<string> {
  const client = account.client(LambdaClient);
  const waiting = { client, maxWaitTime: longest, abortSignal };
  const ask = <T>(request: () => Promise<T>) => account.ask(FunctionName, request);
  const update = new UpdateFunctionCodeCommand({
    ...{ FunctionName, ImageUri: imageUri, Architectures: [architecture] },
  });
  await ask(() => client.send(update));
  await ask(() => waitUntilFunctionUpdatedV2(waiting, { FunctionName }));
  const description = `Image ${digest}`;
  const { Version = "" } = await ask(() =>
    client.send(new PublishVersionCommand({ FunctionName, Description: description })),
  );
  const version = { FunctionName, Qualifier: Version };
  await ask(() => waitUntilPublishedVersionActive(waiting, version));
  const { Code } = await ask(() => client.send(new GetFunctionCommand(version)));
  const uri = Code?.ResolvedImageUri ?? Code?.ImageUri;
  if (uri?.endsWith(`@${digest}`)) return Version;
  throw new CommandError(
    `Version ${Version} of ${FunctionName} has another image (${uri}): something else changed the function meanwhile. The alias is as it was; try again.`,
  );
}
