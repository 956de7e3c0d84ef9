import { BatchGetImageCommand, type ImageReferrer, ListImageReferrersCommand } from "@aws-sdk/client-ecr";
import { imageFailure } from "../image/image-failure";
import type { RepositoryReader } from "./repository-reader";
import { isSignature, isSimpleSigning, signatureTag, simpleSigning } from "./signature";

/** A signature of an image in its repository. */
export interface ImageSignature {
  /** Digest of the manifest that holds it. */
  readonly digest: string;
  /** How it is attached: as a referrer of OCI 1.1, or under a tag of cosign's older scheme. */
  readonly by: "referrer" | "tag";
  /** Type of the artifact, or of the layers under the tag. */
  readonly type: string;
}

/**
 * The signatures of one image in its repository: referrers of the Notary Project, also those that ECR's managed signing makes,
 * and of cosign, and cosign's tag. Nothing is verified. Archived referrers do not count, because nobody can pull them.
 *
 * Signatures in another repository (`COSIGN_REPOSITORY`) are not seen.
 *
 * @throws CommandError when AWS refuses a request
 */
export async function signaturesOf(reader: RepositoryReader, imageDigest: string): Promise<ImageSignature[]> {
  const referrers = (await referrersOf(reader, imageDigest))
    .filter((referrer) => (referrer.artifactStatus ?? "ACTIVE") === "ACTIVE" && isSignature(referrer))
    .map(
      ({ digest = "", artifactType = "of no type" }): ImageSignature => ({
        ...{ digest, by: "referrer", type: artifactType },
      }),
    );
  return [...referrers, ...(await signatureUnderTag(reader, imageDigest))];
}

/** At most 50 are on a page. Unlike BatchGetImage, this does not count as a pull. */
export async function referrersOf(reader: RepositoryReader, imageDigest: string): Promise<ImageReferrer[]> {
  const found: ImageReferrer[] = [];
  let nextToken: string | undefined;
  do {
    const request = { ...reader.id, subjectId: { imageDigest }, maxResults: 50, nextToken };
    const answer = await reader.ask((client, options) =>
      client.send(new ListImageReferrersCommand(request), options),
    );
    found.push(...(answer.referrers ?? []));
    ({ nextToken } = answer);
  } while (nextToken !== undefined);
  return found;
}

/** What the tag holds is read: anybody who may push can give this tag to anything. */
async function signatureUnderTag(reader: RepositoryReader, imageDigest: string): Promise<ImageSignature[]> {
  const imageIds = [{ imageTag: signatureTag(imageDigest) }];
  const images = await reader.ask(async (client, options) => {
    const answer = await client.send(new BatchGetImageCommand({ ...reader.id, imageIds }), options);
    const failure = answer.failures?.find(({ failureCode }) => failureCode !== "ImageNotFound");
    if (failure !== undefined) throw imageFailure(failure);
    return answer.images ?? [];
  });
  return images
    .filter(({ imageManifest }) => isSimpleSigning(imageManifest ?? "{}"))
    .map(({ imageId }) => ({ digest: imageId?.imageDigest ?? "", by: "tag", type: simpleSigning }));
}
