import { digestFinder } from "../../modules/ecr/lifecycle/digest-finder";
import { type Consumer, consumersOf } from "./consumers";
import type { Environment } from "./environment";
import { imageRepositoryUrl } from "./image-address";

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
 * @param environments those whose consumers can name the repository by its URL. @default - none
 */
export function imagesInUse(
  environment: Environment,
  repository: string,
  images: readonly { readonly imageDigest: string; readonly imageTags?: readonly string[] | undefined }[],
  environments: readonly Environment[] = [],
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
  for (const consumer of consumersElsewhere(environment, repository, environments)) {
    const { tag, digest, awaitsFirstPush } = consumer.options.image;
    const runs = awaitsFirstPush ? undefined : digestOf({ tag, digest });
    if (runs !== undefined) byDigest.set(runs, [...(byDigest.get(runs) ?? []), consumer]);
  }
  return { byDigest, missing };
}

/** The consumers in other environments that name a repository by its URL, with the name of their environment. */
function consumersElsewhere(
  environment: Environment,
  repository: string,
  environments: readonly Environment[],
): Consumer[] {
  const url = imageRepositoryUrl(environment, repository);
  return environments
    .filter(({ name }) => name !== environment.name)
    .flatMap((other) =>
      consumersOf(other)
        .filter(({ options }) => options.image.repository === url)
        .map((consumer) => ({
          ...consumer,
          label: `${consumer.label} of ${other.name}`,
          path: [other.name, ...consumer.path],
        })),
    );
}
