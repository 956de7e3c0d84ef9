import { consumersOf, describeConsumer } from "../../../environments/plan/consumers";
import { repositoryName } from "../../../environments/plan/repository-names";
import type { AccountConnection } from "../account-connection";
import { findImage } from "../image/found-image";
import { scanOf } from "../image/scan";
import { failing } from "../image/severity";
import { type FoundState, note, ok, problem } from "./finding";

/** Whether the images that consumers name exist, and have no severe findings. */
export async function consumerImages(account: AccountConnection): Promise<FoundState[]> {
  const { environment } = account;
  const consumers = consumersOf(environment);
  if (consumers.length === 0) return [ok("Nothing in the environment file runs images.")];
  const found: FoundState[] = [];
  let good = 0;
  for (const consumer of consumers) {
    const { repository, tag, digest, awaitsFirstPush } = consumer.options.image;
    const who = describeConsumer(consumer);
    // An image of a pull-through cache: the cache gets it when it is first pulled.
    if (!Object.hasOwn(environment.ecr.repositories, repository)) continue;
    const name = repositoryName(environment, repository);
    if (awaitsFirstPush) {
      found.push(
        note(
          `${who} awaits its first image in ${name}, and is not created before.`,
          `Push one, then: npm run ecr -- pin --env ${environment.name} --image ${repository}:<tag> --apply`,
        ),
      );
      continue;
    }
    const imageId = tag === undefined ? { imageDigest: digest ?? "" } : { imageTag: tag };
    const id = { registryId: account.accountId, repositoryName: name };
    const image = await findImage(account.ecr(), { ...id, imageId });
    if (image === undefined) {
      found.push(
        problem(
          `${who} runs ${tag ?? digest}, which ${name} does not have.`,
          `Push it, or name another one. Images there: npm run ecr -- images --env ${environment.name} --repository ${repository}`,
        ),
      );
      continue;
    }
    const scans = await Promise.all(
      image.platforms.map(({ digest: imageDigest }) => scanOf(account.ecr(), { ...id, imageDigest })),
    );
    const severe = scans.reduce(
      (sum, scan) => sum + (scan.state === "done" ? failing(scan.counts, "HIGH") : 0),
      0,
    );
    if (severe === 0) good++;
    else
      found.push(
        note(
          `The image of ${who} has ${severe} findings of severity HIGH or worse.`,
          `npm run ecr -- scan-findings --env ${environment.name} --image ${repository}${tag === undefined ? `@${digest}` : `:${tag}`}`,
        ),
      );
  }
  return good > 0 ? [ok(`${good} images that run exist, without severe findings.`), ...found] : found;
}
