/**
 * Why a repository creation template cannot have a prefix, as "rule; remedy"; `undefined` when it can. ECR also accepts a
 * slash at the end and then treats the prefix as the same.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepositoryCreationTemplate.html the AWS provider
 *   requires two characters
 */
export function templatePrefixProblem(prefix: string): string | undefined {
  if (prefix.endsWith("/")) return "ECR adds the slash after the prefix itself; leave it out";
  if (prefix.length < 2 || prefix.length > 256)
    return `a prefix has 2 to 256 characters, and this one has ${prefix.length}; choose one within these limits`;
  if (
    /^(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*|ROOT)$/.test(
      prefix,
    )
  )
    return undefined;
  return "a prefix has lowercase letters and digits, with separators and slashes between them; use a prefix such as team, or ROOT for every repository without another template";
}
