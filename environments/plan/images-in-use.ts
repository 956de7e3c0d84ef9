import { digestFinder } from "../../modules/ecr/lifecycle/digest-finder";
import { type Consumer, consumersOf } from "./consumers";
import type { Environment } from "./environment";

/** The images of one repository that consumers of an environment run. */
export interface ImagesInUse {
  /** Consumers of each image by its digest. Contains only images that exist in the repository. */
  readonly byDigest: ReadonlyMap<string, readonly Consumer[]>;
  /** Consumers whose tag or digest does not exist in the repository, and whose image no pipeline has replaced since. */
  readonly missing: readonly Consumer[];
}

/**
 * The images that consumers run, according to the current tags. Consumers that await their first push run none.
 *
 * @param repository short name
 * @param images all images of the repository
 */
export function imagesInUse(
  environment: Environment,
  repository: string,
  images: readonly { readonly imageDigest: string; readonly imageTags?: readonly string[] | undefined }[],
): ImagesInUse {
  const digestOf = digestFinder(images);
  const byDigest = new Map<string, Consumer[]>();
  const missing: Consumer[] = [];
  for (const consumer of consumersOf(environment)) {
    const { tag, digest, awaitsFirstPush, managedBy, repository: source } = consumer.options.image;
    if (source !== repository || awaitsFirstPush) continue;
    const runs = digestOf({ tag, digest });
    if (runs !== undefined) byDigest.set(runs, [...(byDigest.get(runs) ?? []), consumer]);
    else if (managedBy !== "pipeline") missing.push(consumer);
  }
  return { byDigest, missing };
}
