/**
 * Reference to an image in a repository, as container runtimes expect it.
 *
 * @param repositoryUrl URL of the repository, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app`
 * @returns `<url>@<digest>` or `<url>:<tag>`; `undefined` when the image has neither, because nothing has been pushed
 *   yet
 */
export function imageReference(
  repositoryUrl: string,
  { tag, digest }: { readonly tag?: string | undefined; readonly digest?: string | undefined },
): string | undefined {
  if (digest !== undefined) return `${repositoryUrl}@${digest}`;
  return tag === undefined ? undefined : `${repositoryUrl}:${tag}`;
}
