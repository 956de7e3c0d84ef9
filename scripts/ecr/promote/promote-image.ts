import type { Environment } from "../../../environments/plan/environment";
import { heldAs, type LackingImage, lackOf } from "../../../modules/ecr/replication/replica-comparison";
import { CommandError } from "../../runner/command";
import { interruptible } from "../../runner/interruption";
import { reasonOf } from "../account-connection";
import { type FoundImage, findImage } from "../image/found-image";
import { type ImageId, tagOrDigest } from "../image/image-id";
import { listedImages } from "../listed-images";
import { liveImages } from "../live-images";
import type { RepositoryPlace } from "../replication/copy/copy-place";
import { copyImages } from "../replication/copy/image-copy";
import { ProgressBar } from "../replication/progress-bar";
import { imageFamily, unreadableMembers } from "./image-family";
import type { PromotionVerdict } from "./promotion-verdict";
import { type TagMove, tagMoves } from "./tag-moves";

/** What to copy, and where to. */
export interface PromotionRequest {
  readonly source: RepositoryPlace & Pick<ImageId, "imageId">;
  readonly target: RepositoryPlace;
  /** Says whether the image may be copied. */
  readonly judge: (found: FoundImage) => Promise<PromotionVerdict>;
  /** Whether to take tags from other images of the target. */
  readonly moveTags: boolean;
  /** Whether the target can move a tag. */
  readonly isMutable: (tag: string) => boolean;
  /** Whether to copy at all. */
  readonly apply: boolean;
  /** Whose credentials are used, for messages. */
  readonly environment: Environment;
}

/** What was found, and what was done. */
export interface Promotion extends PromotionVerdict {
  readonly digest: string;
  /** Images and tags that the target lacked, the attached ones too. */
  readonly lacking: readonly LackingImage[];
  /** The tags that the target has on other images. */
  readonly moves: readonly TagMove[];
  /** Whether nothing is copied because tags would move. */
  readonly wouldMove: boolean;
  /** Number of images that belong to it, itself too. */
  readonly total: number;
  readonly applied: boolean;
  /** What was not copied, and why. */
  readonly problems: readonly string[];
}

/**
 * Copy an image with all that belongs to it.
 *
 * @throws CommandError when AWS does not answer, when there is no such image, or after a signal
 */
export async function promoteImage({
  source,
  target,
  judge,
  moveTags,
  isMutable,
  apply,
  environment,
}: PromotionRequest): Promise<Promotion> {
  const ask = <T>({ repositoryName, registryId, region }: RepositoryPlace, request: () => Promise<T>) =>
    request().catch((error: Error) => {
      if (error instanceof CommandError) throw error;
      throw new CommandError(
        `${repositoryName} in account ${registryId}, ${region} cannot be read: ${reasonOf(error, environment)}`,
      );
    });
  const { client, region: _, imageId, ...repository } = source;
  const tag = "imageTag" in imageId ? imageId.imageTag : undefined;
  const found = await ask(source, () => findImage(client, { ...repository, imageId }));
  if (found === undefined)
    throw new CommandError(
      `${source.repositoryName} has no image ${tagOrDigest(imageId)}; list what it has: npm run ecr -- images --help`,
    );
  const { digest } = found;
  const verdict = await ask(source, () => judge(found));
  const family = imageFamily(digest, tag, await ask(source, () => liveImages(client, repository)));
  const content = new Map<string, ReturnType<typeof heldAs>>();
  await ask(target, async () => {
    for await (const image of listedImages(target.client, target))
      if (image.imageDigest !== undefined) content.set(image.imageDigest, heldAs(image));
  });
  const unreadable = unreadableMembers(family, content);
  if (unreadable.length > 0)
    throw new CommandError(
      unreadable
        .map(
          ({ imageDigest, imageStatus }) =>
            `${source.repositoryName}@${imageDigest} belongs to the image and is ${imageStatus}, so it cannot be copied; restore it: aws ecr update-image-storage-class --region ${source.region} --repository-name ${source.repositoryName} --image-id imageDigest=${imageDigest} --target-storage-class STANDARD`,
        )
        .join("\n"),
    );
  const lacking = family.flatMap(({ image, tags }) => lackOf({ ...image, imageTags: tags }, content) ?? []);
  const moves = tagMoves(lacking, content, isMutable);
  const wouldMove = !moveTags && moves.some(({ immutable }) => !immutable);
  const outcome = { ...verdict, digest, lacking, moves, wouldMove, total: family.length };
  if (verdict.refused || wouldMove || !apply || lacking.length === 0)
    return { ...outcome, applied: false, problems: [] };
  const bar = new ProgressBar(target.repositoryName, lacking.length);
  try {
    const problems = await interruptible(
      (signal) =>
        copyImages({ source, target, signal }, lacking, {
          image: () => bar.image(),
          bytes: (count) => bar.transferred(count),
        }),
      () => "What was copied stays. Run the command again to copy the rest.",
    );
    return { ...outcome, applied: true, problems };
  } finally {
    bar.stop();
  }
}
