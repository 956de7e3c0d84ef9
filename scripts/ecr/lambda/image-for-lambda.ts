import { BatchGetImageCommand } from "@aws-sdk/client-ecr";
import { isPlatform, platformOf } from "../../../environments/plan/build-platforms";
import { sizeText } from "../../../modules/values/size-text";
import { CommandError } from "../../runner/command";
import { mediaTypes, platformsIn } from "../image/found-image";
import { platformsOf } from "../images/image-platforms";
import type { RepositoryReader } from "../images/repository-reader";
import type { NewCode } from "./published-version";

/**
 * Lambda's limit for the uncompressed layers of an image. ECR knows the compressed size, which is smaller.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const mostBytes = 10 * 1024 ** 3;

/**
 * Make sure that Lambda can run an image, before anything is changed. Lambda itself notices another architecture only when it
 * starts the function.
 *
 * @throws CommandError when there is no such image, when it is a manifest list, too large, or for another architecture
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export async function requireRunnable(
  reader: RepositoryReader,
  digest: string,
  architecture: NewCode["architecture"],
): Promise<void> {
  const { repositoryName } = reader.id;
  const { images: [image] = [] } = await reader.ask((client, options) =>
    client.send(
      new BatchGetImageCommand({
        ...{ ...reader.id, imageIds: [{ imageDigest: digest }], acceptedMediaTypes: mediaTypes },
      }),
      options,
    ),
  );
  if (image === undefined) throw new CommandError(`${repositoryName} has no image ${digest}; push it first`);
  const wanted = platformOf({ architecture });
  if (wanted === undefined) throw new Error(`no platform for ${architecture}`);
  const manifest = JSON.parse(image.imageManifest ?? "{}") as Manifest;
  if (manifest.manifests !== undefined) {
    const one = platformsIn(image.imageManifest ?? "{}", digest).find(({ name }) => isPlatform(name, wanted));
    throw new CommandError(
      `${digest} is a manifest list, which Lambda does not support; ${one === undefined ? `it has no image for ${wanted}: build one` : `deploy its image for ${wanted}: ${one.digest}`}`,
    );
  }
  const bytes = (manifest.layers ?? []).reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostBytes)
    throw new CommandError(
      `${digest} has ${sizeText(bytes)} compressed, and Lambda allows ${sizeText(mostBytes)} uncompressed; make the image smaller`,
    );
  const [name] = await platformsOf(reader, { digest, kind: "image" }, image);
  if (name !== undefined && !isPlatform(name, wanted))
    throw new CommandError(
      `${digest} is for ${name}, and the function runs ${wanted}; build the image for it, or change architecture in the file`,
    );
}

interface Manifest {
  readonly manifests?: readonly unknown[];
  readonly layers?: readonly { readonly size: number }[];
}
