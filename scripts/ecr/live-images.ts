import {
  BatchGetImageCommand,
  type ECRClient,
  type ImageDetail,
  paginateDescribeImages,
} from "@aws-sdk/client-ecr";
import { type ImageInput, type ImagePlace, isList, listTypes } from "./image-input";

/** Manifests that may belong to another image: those of OCI, which alone have a subject. */
const mayNameOthers = (detail: ImageInput): boolean =>
  isList(detail) || detail.imageManifestMediaType === "application/vnd.oci.image.manifest.v1+json";

/** BatchGetImage takes so many. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
const batch = 100;

/** All images of a repository, with what their manifests say about other images. */
export async function liveImages(
  client: ECRClient,
  { registryId, repositoryName }: ImagePlace,
): Promise<ImageInput[]> {
  const images: ImageInput[] = [];
  for await (const page of paginateDescribeImages({ client }, { registryId, repositoryName }))
    images.push(...(page.imageDetails ?? []).flatMap(imageOf));

  const relations = new Map<string, ReturnType<typeof relationsIn>>();
  const asked = images.filter(mayNameOthers);
  for (let start = 0; start < asked.length; start += batch) {
    const answer = await client.send(
      new BatchGetImageCommand({
        registryId,
        repositoryName,
        imageIds: asked.slice(start, start + batch).map(({ imageDigest }) => ({ imageDigest })),
        acceptedMediaTypes: [...listTypes, "application/vnd.oci.image.manifest.v1+json"],
      }),
    );
    for (const { imageId, imageManifest = "{}" } of answer.images ?? [])
      relations.set(imageId?.imageDigest ?? "", relationsIn(imageManifest));
  }
  return images.map((image) => ({ ...image, ...relations.get(image.imageDigest) }));
}

function imageOf(detail: ImageDetail): ImageInput[] {
  const { imageDigest, imagePushedAt } = detail;
  return imageDigest === undefined || imagePushedAt === undefined
    ? []
    : [{ ...detail, imageDigest, imagePushedAt }];
}

/** The digests that a manifest names: of the images of a list, and of the image that a referrer belongs to. */
function relationsIn(manifest: string): { references?: string[]; subject?: string } {
  const { manifests, subject } = JSON.parse(manifest) as {
    manifests?: { digest: string }[];
    subject?: { digest: string };
  };
  return {
    ...(manifests && { references: manifests.map(({ digest }) => digest) }),
    ...(subject && { subject: subject.digest }),
  };
}
