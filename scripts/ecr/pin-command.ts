import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { createTwoFilesPatch } from "diff";
import { type Consumer, consumersOf, describeConsumer } from "../../environments/plan/consumers";
import type { Environment } from "../../environments/plan/environment";
import { repositoryName } from "../../environments/plan/repository-names";
import { CommandError } from "../runner/command";
import { repeatedOption } from "../runner/repeated-option";
import { replaceFile } from "../runner/replaced-file";
import type { AccountConnection } from "./account-connection";
import { type ImageId, imageNamed, tagOrDigest } from "./image/image-id";
import { type Pin, pinnedText } from "./pin/pinned-text";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "./verb";

interface PinOptions extends VerbOptions {
  readonly image: readonly string[];
  readonly apply?: boolean;
}

const help: VerbHelp = {
  notes: `Reads from ECR which digest each tag names now, and writes the digests into the environment file in place of the tags.
With --image, every consumer of that repository gets the digest of that image, whatever it names now, also one that awaits
its first push. Without --apply, the change is only shown. Images of pull-through caches and of other accounts keep their tags,
and so do those with managedBy: "pipeline".`,
  exitCodes: {
    0: "the file names digests",
    2: "it would change (without --apply)",
    1: "an image does not exist, or its place in the file was not found",
  },
  examples: ["--env prod", "--env prod --image web-app:v1.2.3 --apply"],
};

/**
 * `pin`: write the digests of images into the environment file.
 *
 * @param setExitCode receives the exit code
 */
export function pinCommand(setExitCode: SetExitCode): Command {
  return verb("pin", "Write the digests of the images that consumers name into the environment file.", help)
    .addOption(
      repeatedOption(
        "--image <image>",
        "the image that its repository's consumers run from now on, e.g. web-app:v1.2.3",
      ),
    )
    .option("--apply", "change the file")
    .action(async (options: PinOptions) => setExitCode(await pin(options)));
}

/** A consumer, and the image whose digest it gets. */
interface Wanted {
  readonly consumer: Consumer;
  readonly image: ImageId;
}

async function pin(options: PinOptions): Promise<number> {
  const environment = chosenEnvironment(options);
  const { file } = environment;
  // Before AWS is asked, which can take long enough for an edit.
  const source = readFileSync(file, "utf8");
  const wanted = wantedImages(environment, options.image);
  const { AccountConnection: Connection } = await import("./account-connection.js");
  const pins = await pinsOf(await Connection.open(environment), wanted);
  const { text, unplaced } = pinnedText(source, pins);
  if (unplaced.length > 0)
    throw new CommandError(
      unplaced
        .map(
          ({ path, digest }) =>
            `${file}: ${path.join(".")} is not written as an object with one of tag, digest and awaitsFirstPush; write digest: "${digest}" yourself`,
        )
        .join("\n"),
    );
  const changed = text !== source;
  const apply = options.apply ?? false;
  if (changed && apply) replaceFile(file, source, text);
  const images = pins.map(({ path, digest }) => ({ path: path.join("."), digest }));
  writeResult(options, { file, images, changed, applied: changed && apply }, () =>
    changed
      ? `${createTwoFilesPatch(file, file, source, text, undefined, undefined, { context: 2 })}${apply ? `${file} was changed; look at the plan: npm run diff -- ${environment.name}\n` : "Nothing was changed. To change the file, add --apply.\n"}`
      : pins.length === 0
        ? `No consumer in ${file} names a tag, so there is nothing to pin.\n`
        : `${file} names these digests already.\n`,
  );
  return changed && !apply ? 2 : 0;
}

/** @throws CommandError when an image is named that no consumer runs */
function wantedImages(environment: Environment, named: readonly string[]): Wanted[] {
  // Terraform would ignore another digest of an image that a pipeline deploys.
  const consumers = consumersOf(environment).filter(({ options }) => options.image.managedBy !== "pipeline");
  const chosen = named.map((text) => ({ text, image: imageNamed(text, environment) }));
  const problems = chosen.flatMap(({ text, image }) =>
    consumers.some(({ options }) => nameIn(environment, options.image.repository) === image.repositoryName)
      ? []
      : [`--image ${text}: nothing in ${environment.file} runs images of ${image.repositoryName}`],
  );
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
  return consumers.flatMap((consumer) => {
    const { repository, tag } = consumer.options.image;
    const name = nameIn(environment, repository);
    if (name === undefined) return [];
    const given = chosen.findLast(({ image }) => image.repositoryName === name)?.image;
    if (given !== undefined) return [{ consumer, image: given }];
    if (chosen.length > 0 || tag === undefined) return [];
    return [{ consumer, image: imageNamed(`${repository}:${tag}`, environment) }];
  });
}

/** Name in ECR of a repository of the environment; `undefined` for an image of a pull-through cache. */
const nameIn = (environment: Environment, repository: string): string | undefined =>
  Object.hasOwn(environment.ecr.repositories, repository)
    ? repositoryName(environment, repository)
    : undefined;

/** @throws CommandError that names every image that does not exist */
async function pinsOf(account: AccountConnection, wanted: readonly Wanted[]): Promise<Pin[]> {
  const { findImage } = await import("./image/found-image.js");
  const problems: string[] = [];
  const pins: Pin[] = [];
  for (const { consumer, image } of wanted) {
    const found = await account.ask(image.repositoryName, () => findImage(account.ecr(), image));
    if (found === undefined)
      problems.push(
        `${describeConsumer(consumer)}: ${image.repositoryName} has no image ${tagOrDigest(image.imageId)}; push it first`,
      );
    else pins.push({ path: [...consumer.path, "image"], digest: found.digest });
  }
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
  return pins;
}
