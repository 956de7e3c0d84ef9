import type { Environment } from "../../environments/plan/environment";
import { digestsIn } from "../ecr/in-use-input";
import { notesOnFile } from "../ecr/preview-notes";
import type { ImageSource } from "../review/lifecycle/lifecycle-delta";
import type { Stacks } from "../review/revisions/stack-json";
import { imagesByRepository } from "./image-files";
import type { ImageOptions } from "./image-options";
import { knownImages, regionOf } from "./known-images";

/**
 * The images in the files of `--images`.
 *
 * @param environmentOf the environment of a stack; `undefined` if it has none any more
 * @param stacks of the head
 * @throws CommandError with every problem in the files
 */
export function imagesInFiles(
  { images: files, inUse }: ImageOptions,
  environmentOf: (stack: string) => Environment | undefined,
  stacks: Stacks,
): ImageSource {
  const given = digestsIn(inUse);
  const byName = imagesByRepository(files);
  return (stack, change) => {
    const environment = environmentOf(stack);
    if (files.length === 0) return { why: "no images were given; add --images" };
    if (environment === undefined) return { why: "its environment is gone" };
    const { accountId, region: home } = environment;
    const region = regionOf(stacks[stack] ?? {}, change, home);
    if (region !== home) return { why: `it is in ${region}, and files with images do not say their Region` };
    const found = byName.get(change.repository);
    if (found === undefined || (found.registryId ?? accountId) !== accountId)
      return { why: `no file of --images has images of it in account ${accountId}` };
    return knownImages(environment, change.repository, found.images, given, (policy) =>
      notesOnFile(policy, found.images),
    );
  };
}
