import { referrersOf } from "./image-signatures";
import { inParallel } from "./in-parallel";
import type { RepositoryReader } from "./repository-reader";
import { isSignature, signedByTag, testimonyOf } from "./signature";

/**
 * The digests of the images in a repository that are signed there: by a referrer, or by a tag of cosign's older scheme. Holds
 * nothing but these digests. Signatures in another repository (`COSIGN_REPOSITORY`) are not seen.
 *
 * @throws CommandError when AWS refuses a request
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImageReferrers.html
 */
export async function signedImages(reader: RepositoryReader): Promise<ReadonlySet<string>> {
  const signed = new Set<string>();
  const open = new Set<string>();
  for await (const { imageTags = [], subjectManifestDigest, artifactMediaType } of reader.images()) {
    for (const tag of imageTags) {
      const subject = signedByTag(tag);
      if (subject !== undefined) signed.add(subject);
    }
    if (subjectManifestDigest === undefined) continue;
    const testimony = testimonyOf(artifactMediaType);
    if (testimony === "signature") signed.add(subjectManifestDigest);
    else if (testimony === "bundle") open.add(subjectManifestDigest);
  }
  const undecided = [...open].filter((digest) => !signed.has(digest));
  const asked = inParallel(streamOf(undecided), async (digest) => ({
    digest,
    signature: (await referrersOf(reader, digest)).some(isSignature),
  }));
  for await (const { digest, signature } of asked) if (signature) signed.add(digest);
  return signed;
}

async function* streamOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
