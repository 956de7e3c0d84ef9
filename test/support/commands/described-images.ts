/** The digest of an image by its number. */
export const digest = (number: number) => `sha256:${String(number).padStart(64, "0")}`;

const day = 24 * 60 * 60 * 1000;

/** Images as `aws ecr describe-images` prints them; number 1 is the newest. */
export const described = (
  count: number,
  repositoryName = "myproject-dev-lambda-processor",
  registryId = "123456789012",
) => ({
  imageDetails: Array.from({ length: count }, (_, index) => ({
    registryId,
    repositoryName,
    imageDigest: digest(index + 1),
    imageTags: [`v${index + 1}`],
    imageSizeInBytes: 1000,
    imagePushedAt: new Date(Date.now() - index * day).toISOString(),
    imageManifestMediaType: "application/vnd.oci.image.manifest.v1+json",
  })),
});
