import { isPlatform, platformOf } from "../../environments/plan/build-platforms";
import type { AccountConnection } from "../ecr/account-connection";
import { type FoundImage, findImage } from "../ecr/image/found-image";
import type { ImageId } from "../ecr/image/image-id";
import { scanOf } from "../ecr/image/scan";
import { awaitScans, type PlatformScan } from "../ecr/image/scan-verdict";
import { CommandError } from "../runner/command";

/**
 * Why a service cannot run an image, because it is for other processors; `undefined` if it can, or if the manifest says
 * nothing: one that is not a list does not.
 *
 * @param options of the service
 */
export function platformProblem({ platforms }: FoundImage, options: object): string | undefined {
  const wanted = platformOf(options);
  const named = platforms.map(({ name }) => name).filter((name) => name !== "");
  if (wanted === undefined || named.length === 0) return undefined;
  if (named.some((name) => isPlatform(name, wanted))) return undefined;
  return `the image is for ${named.join(", ")}, and the service runs on ${wanted}; build it for ${wanted}, or set cpuArchitecture`;
}

/**
 * The image with its digest, and its scans when they are done.
 *
 * @throws CommandError when it does not exist, or is not for the processors of the service
 */
export async function examineImage(
  account: AccountConnection,
  image: ImageId,
  { options, timeout }: { readonly options: object; readonly timeout: number },
): Promise<{ readonly digest: string; readonly scans: PlatformScan[] }> {
  const { registryId, repositoryName, imageId } = image;
  const found = await account.ask(repositoryName, () => findImage(account.ecr(), image));
  if (found === undefined)
    throw new CommandError(
      `${repositoryName} has no image ${"imageTag" in imageId ? imageId.imageTag : imageId.imageDigest}; push it first`,
    );
  const problem = platformProblem(found, options);
  if (problem !== undefined) throw new CommandError(`${repositoryName}: ${problem}`);
  const scans = await account.ask(repositoryName, () =>
    awaitScans(
      found.platforms,
      (imageDigest) => scanOf(account.ecr(), { registryId, repositoryName, imageDigest }),
      { timeout },
    ),
  );
  return { digest: found.digest, scans };
}
