import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { signaturesOf } from "../../../../../scripts/ecr/images/image-signatures";
import type { RepositoryReader } from "../../../../../scripts/ecr/images/repository-reader";
import { type Answer, answeringClient } from "../../../../support/ecr/answering-client";

const digest = `sha256:${"1".repeat(64)}`;
const tag = `sha256-${"1".repeat(64)}.sig`;
const recorded = (file: string) =>
  (JSON.parse(readFileSync(`test/support/ecr/${file}.json`, "utf8")) as { readonly manifest: Recorded })
    .manifest;

interface Recorded {
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

const notFound = { images: [], failures: [{ failureCode: "ImageNotFound" }] };

function readerOf(answers: Readonly<Record<string, Answer>>): RepositoryReader {
  const client = answeringClient((action) => answers[action] ?? { error: "AccessDeniedException" });
  const id = { registryId: "123456789012", repositoryName: "app" };
  return {
    id,
    ask: (request: (client: unknown, options: object) => unknown) => request(client, {}),
  } as never;
}

const referrersAnd = (referrers: readonly object[], tagged: Answer = notFound) =>
  signaturesOf(readerOf({ ListImageReferrers: { referrers }, BatchGetImage: tagged }), digest);
const underTag = (manifest: object) =>
  referrersAnd([], {
    images: [{ imageId: { imageDigest: digest, imageTag: tag }, imageManifest: JSON.stringify(manifest) }],
  });

test("a bundle that Sigstore's library attached is a signature", async () => {
  const { artifactType, annotations } = recorded("sigstore-bundle-signature");
  const found = await referrersAnd([{ digest, mediaType: "m", size: 1, artifactType, annotations }]);

  expect(found).toEqual([{ digest, by: "referrer", type: "application/vnd.dev.sigstore.bundle.v0.3+json" }]);
});

test("a signature of the Notary Project counts, and an SBOM and an archived signature do not", async () => {
  const referrer = { digest, mediaType: "m", size: 1 };
  const notation = { ...referrer, artifactType: "application/vnd.cncf.notary.signature" };
  const found = await referrersAnd([
    notation,
    { ...referrer, artifactType: "application/spdx+json" },
    { ...notation, artifactStatus: "ARCHIVED" },
  ]);

  expect(found).toEqual([{ digest, by: "referrer", type: "application/vnd.cncf.notary.signature" }]);
});

test("cosign's tag counts if it holds a signature: anybody who may push can give the tag to anything", async () => {
  const layer = { mediaType: "application/vnd.dev.cosign.simplesigning.v1+json" };

  expect(await underTag(recorded("copied-cosign-signature"))).toEqual([
    { digest, by: "tag", type: "application/vnd.dev.cosign.simplesigning.v1+json" },
  ]);
  expect(await underTag({ layers: [layer] })).toEqual([]);
  expect(await underTag({ manifests: [] })).toEqual([]);
});

test("fails when referrers or the tag cannot be read: that is not the same as no signature", async () => {
  const failed = {
    images: [],
    failures: [{ failureCode: "KmsError", failureReason: "the key is disabled" }],
  };

  await expect(referrersAnd([], failed)).rejects.toThrow("the key is disabled");
  await expect(signaturesOf(readerOf({ BatchGetImage: notFound }), digest)).rejects.toThrow();
});
