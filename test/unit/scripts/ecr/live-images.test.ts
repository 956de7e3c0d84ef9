import { expect, test } from "vitest";
import { liveImages } from "../../../../scripts/ecr/live-images";
import { answeringClient } from "../../../support/ecr/answering-client";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const repository = { registryId: "123456789012", repositoryName: "app" };
const list = "application/vnd.oci.image.index.v1+json";

/** A repository with a list `a` of `b`, and a list `c` that ECR does not return, for this reason. */
const clientWith = (failureCode: string) =>
  answeringClient((action) =>
    action === "DescribeImages"
      ? {
          imageDetails: ["a", "b", "c"].map((letter) => ({
            ...{ imageDigest: digest(letter), imagePushedAt: 1 },
            ...(letter !== "b" && { imageManifestMediaType: list }),
          })),
        }
      : {
          images: [
            {
              imageId: { imageDigest: digest("a") },
              imageManifest: JSON.stringify({ manifests: [{ digest: digest("b") }] }),
            },
          ],
          failures: [
            { failureCode, failureReason: "the key is disabled", imageId: { imageDigest: digest("c") } },
          ],
        },
  );

test("an image that was deleted while the images were read is left out", async () => {
  const images = await liveImages(clientWith("ImageNotFound"), repository);

  expect(images.map(({ imageDigest, references }) => [imageDigest, references])).toEqual([
    [digest("a"), [digest("b")]],
    [digest("b"), undefined],
  ]);
});

test("fails when a manifest cannot be read, rather than take its images for unreferenced", async () => {
  await expect(liveImages(clientWith("KmsError"), repository)).rejects.toThrow(
    expect.objectContaining({ name: "KmsError", message: `${digest("c")}: the key is disabled` }),
  );
});
