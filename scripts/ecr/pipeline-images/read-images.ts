import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import type { LambdaOptions } from "../../../environments/options/lambda";
import { describeConsumer } from "../../../environments/plan/consumers";
import { imageRepositoryName } from "../../../environments/plan/pull-through-caches";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";
import type { PipelineConsumer, PipelineImage, RunningNow } from "./pipeline-image";
import { runningInFunction } from "./running-function";
import { runningInService } from "./running-service";

/** What could be read, and why the rest could not. */
export interface ReadImages {
  readonly images: readonly PipelineImage[];
  readonly problems: readonly string[];
}

/** What the consumers run now. All are asked, also after one that cannot be read. */
export async function readImages(
  account: AccountConnection,
  consumers: readonly PipelineConsumer[],
): Promise<ReadImages> {
  const images: PipelineImage[] = [];
  const problems: string[] = [];
  for (const one of consumers)
    try {
      const running = await runningOf(account, one);
      images.push({ ...one, running: running && (await withTags(account, one, running)) });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      problems.push(`${describeConsumer(one.consumer)}: ${error.message}`);
    }
  return { images, problems };
}

function runningOf(
  account: AccountConnection,
  { consumer: { kind, name, options } }: PipelineConsumer,
): Promise<RunningNow | undefined> {
  return kind === "lambda"
    ? runningInFunction(account, name, options as unknown as LambdaOptions["functions"][string])
    : runningInService(account, name);
}

/** The tags that the image has in its repository now; `undefined` where the repository does not have it any more. */
async function withTags(
  account: AccountConnection,
  { consumer }: PipelineConsumer,
  running: RunningNow,
): Promise<NonNullable<PipelineImage["running"]>> {
  const { digest } = running;
  if (digest === undefined) return { ...running, tags: [] };
  const { environment, accountId } = account;
  const repositoryName = imageRepositoryName(environment, consumer.options.image.repository);
  const request = new DescribeImagesCommand({
    registryId: accountId,
    repositoryName,
    imageIds: [{ imageDigest: digest }],
  });
  try {
    const { imageDetails = [] } = await account.ecr().send(request);
    return { ...running, tags: (imageDetails[0]?.imageTags ?? []).toSorted() };
  } catch (error) {
    if ((error as Error).name === "ImageNotFoundException") return { ...running, tags: undefined };
    return account.ask(`The images of ${repositoryName}`, () => Promise.reject(error));
  }
}
