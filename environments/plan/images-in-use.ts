import { type Consumer, consumersOf } from "./consumers";
import type { Environment } from "./environment";

/** What consumers of an environment run of one repository. */
export interface ImagesInUse {
  /** Who runs an image, by its digest. Only images that are there. */
  readonly byDigest: ReadonlyMap<string, readonly Consumer[]>;
  /** Consumers whose tag or digest no image has. */
  readonly missing: readonly Consumer[];
}

/**
 * The images that consumers run, as their tags stand now. What awaits its first push runs none.
 *
 * @param repository short name
 * @param images all images of the repository
 */
export function imagesInUse(
  environment: Environment,
  repository: string,
  images: readonly { readonly imageDigest: string; readonly imageTags?: readonly string[] | undefined }[],
): ImagesInUse {
  const digests = new Set(images.map(({ imageDigest }) => imageDigest));
  const byTag = new Map(
    images.flatMap(({ imageDigest, imageTags = [] }) => imageTags.map((tag) => [tag, imageDigest] as const)),
  );
  const byDigest = new Map<string, Consumer[]>();
  const missing: Consumer[] = [];
  for (const consumer of consumersOf(environment)) {
    const { tag, digest, awaitsFirstPush, repository: from } = consumer.options.image;
    if (from !== repository || awaitsFirstPush) continue;
    const runs = tag === undefined ? digest : byTag.get(tag);
    if (runs === undefined || !digests.has(runs)) missing.push(consumer);
    else byDigest.set(runs, [...(byDigest.get(runs) ?? []), consumer]);
  }
  return { byDigest, missing };
}
