import { type Consumer, consumersOf, describeConsumer } from "../../../environments/plan/consumers";
import type { Environment } from "../../../environments/plan/environment";
import { otherRepository } from "../../../environments/plan/other-registries";
import { repositoryName } from "../../../environments/plan/repository-names";
import { counted } from "../../../modules/values/counted";
import { type AccountConnection, reasonOf } from "../account-connection";
import { findImage } from "../image/found-image";
import { scanOf } from "../image/scan";
import type { PlatformScan } from "../image/scan-verdict";
import { failing } from "../image/severity";
import { lookAtEach } from "./each";
import { type FoundState, note, ok, problem } from "./finding";
import { gateFindings } from "./gate-findings";

/** Whether the images that consumers name exist, were scanned, and have no severe findings. */
export async function consumerImages(account: AccountConnection): Promise<FoundState[]> {
  const { environment } = account;
  const consumers = consumersOf(environment);
  if (consumers.length === 0) return [ok("Nothing in the environment file runs images.")];
  const own = consumers.filter(({ options }) =>
    Object.hasOwn(environment.ecr.repositories, options.image.repository),
  );
  const { looked, unknown } = await lookAtEach(own, (consumer) => imageOf(account, consumer), {
    title: (consumer) => `The image of ${describeConsumer(consumer)}`,
    reason: (error) => reasonOf(error, environment),
  });
  const good = looked.filter(({ found }) => found.length === 0).length;
  const others = consumers.filter(({ options }) => otherRepository(options.image.repository) !== undefined);
  const cached = consumers.length - own.length - others.length;
  return [
    ...(good > 0
      ? [
          ok(
            `${counted(good, "image that runs exists", "images that run exist")}, ${fine(environment, good)}.`,
          ),
        ]
      : []),
    ...(cached > 0
      ? [
          ok(
            `${counted(cached, "consumer runs", "consumers run")} an image of a cache, which gets it at the first pull.`,
          ),
        ]
      : []),
    ...others.map((consumer) => imageOfOthers(environment, consumer)),
    ...looked.flatMap(({ found }) => found),
    ...unknown,
  ];
}

/** What is said of images that have nothing to be said of. */
function fine({ imageGate }: Environment, number: number): string {
  if (imageGate === undefined) return "scanned and without severe findings";
  return number === 1 ? "and passes imageGate" : "and pass imageGate";
}

/** These credentials need not be able to read it: the owner allows the roles that pull. */
const imageOfOthers = ({ name }: Environment, consumer: Consumer): FoundState =>
  note(
    `${describeConsumer(consumer)} runs an image of ${consumer.options.image.repository}, in the registry of another account, which is not read.`,
    `Its owner allows the pull with the statements of: npm run ecr -- pull-policies --env ${name}`,
  );

/** What is to be said of the image of one consumer: nothing if it is fine. */
async function imageOf(account: AccountConnection, consumer: Consumer): Promise<FoundState[]> {
  const { environment } = account;
  const { repository, tag, digest, awaitsFirstPush, managedBy } = consumer.options.image;
  const who = describeConsumer(consumer);
  const name = repositoryName(environment, repository);
  if (awaitsFirstPush)
    return [
      note(
        `${who} awaits its first image in ${name}, and is not created before.`,
        `Push one, then: npm run ecr -- pin --env ${environment.name} --image ${repository}:<tag> --apply`,
      ),
    ];
  if (managedBy === "pipeline")
    return [
      note(
        `A pipeline deploys the images of ${who}, and the file names only the first.`,
        `Look at the image that it deploys: npm run ecr -- scan-gate --env ${environment.name} --image ${repository}:<tag> --severity HIGH`,
      ),
    ];
  const imageId = tag === undefined ? { imageDigest: digest ?? "" } : { imageTag: tag };
  const id = { registryId: account.accountId, repositoryName: name };
  const image = await findImage(account.ecr(), { ...id, imageId });
  if (image === undefined)
    return [
      problem(
        `${who} runs ${tag ?? digest}, which ${name} does not have.`,
        `Push it, or name another one. Images there: npm run ecr -- images --env ${environment.name} --repository ${repository}`,
      ),
    ];
  const label = `${repository}${tag === undefined ? `@${digest}` : `:${tag}`}`;
  const byGate = await gateFindings(account, consumer, { label, imageId });
  if (byGate !== undefined) return byGate;
  const scans = await Promise.all(
    image.platforms.map(async (platform): Promise<PlatformScan> => {
      return { ...platform, scan: await scanOf(account.ecr(), { ...id, imageDigest: platform.digest }) };
    }),
  );
  return scanFindings(who, scans, `--env ${environment.name} --image ${label}`);
}

function scanFindings(who: string, scans: readonly PlatformScan[], named: string): FoundState[] {
  const severe = scans.reduce(
    (sum, { scan }) => sum + (scan.state === "done" ? failing(scan.counts, "HIGH") : 0),
    0,
  );
  if (scans.length === 0)
    return [note(`The image of ${who} is a list without an image that ECR could scan.`)];
  const unscanned = scans.flatMap(({ name, scan }) =>
    scan.state === "done" ? [] : [`${name === "" ? "" : `${name}: `}${scan.reason}`],
  );
  return [
    ...(severe === 0
      ? []
      : [
          note(
            `The image of ${who} has ${counted(severe, "finding")} of severity HIGH or worse.`,
            `npm run ecr -- scan-findings ${named}`,
          ),
        ]),
    ...(unscanned.length === 0
      ? []
      : [
          note(
            `The image of ${who} has no finished scan, so its findings are not known (${[...new Set(unscanned)].join("; ")}).`,
            `npm run ecr -- rescan ${named}`,
          ),
        ]),
  ];
}
