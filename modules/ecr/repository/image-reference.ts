/** Tags that an image can have. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageIdentifier.html */
export const imageTagSyntax = {
  pattern: /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/,
  advice:
    "a tag has 1 to 128 letters, digits, ., _ and - and does not start with . or -; use a tag such as v1.2.3",
};

/** Digests of images: SHA-256 in lowercase hexadecimal digits. */
export const imageDigestSyntax = {
  pattern: /^sha256:[0-9a-f]{64}$/,
  advice:
    "a digest is sha256: and 64 hexadecimal digits; use the digest that docker push or aws ecr describe-images prints",
};

/**
 * Reference to an image in a repository, as container runtimes expect it.
 *
 * @param repositoryUrl URL of the repository, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app`
 * @returns `<url>@<digest>` or `<url>:<tag>`; `undefined` when the image has neither, because nothing has been pushed
 *   yet
 */
export function imageReference(
  repositoryUrl: string,
  image: { readonly tag: string } | { readonly digest: string },
): string;
export function imageReference(
  repositoryUrl: string,
  image: { readonly tag?: string | undefined; readonly digest?: string | undefined },
): string | undefined;
export function imageReference(
  repositoryUrl: string,
  { tag, digest }: { readonly tag?: string | undefined; readonly digest?: string | undefined },
): string | undefined {
  if (digest !== undefined) return `${repositoryUrl}@${digest}`;
  return tag === undefined ? undefined : `${repositoryUrl}:${tag}`;
}
