/** AWS's limit on the length of a rule's prefix, in characters. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html */
const maxPrefixLength = 30;

/**
 * A prefix as ECR accepts it. `ROOT` stands for all repositories that no other prefix covers.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
 */
export const cachePrefixSyntax = {
  pattern:
    /^(?=.{2,30}$)(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$/,
  advice:
    "a prefix has 2 to 30 lowercase letters and digits, with separators and slashes between them; use a prefix such as team or ROOT",
};

/** Maximum number of rules in one registry (AWS quota). https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
export const maxCacheRules = 50;

/**
 * A subset of what ECR allows: a single path component, so that the first component of an image name identifies its
 * cache.
 */
const namePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Why a cache cannot have a name, as "rule; remedy"; `undefined` when its prefix is valid.
 *
 * @param prefixOf the prefix that a name gives, e.g. `myproject-dev-docker-hub`
 * @param name short name of the cache
 */
export function cachePrefixProblem(prefixOf: (name: string) => string, name: string): string | undefined {
  if (!namePattern.test(name))
    return "a cache name has lowercase letters and digits, with single hyphens between them; use a name such as docker-hub";
  const prefix = prefixOf(name);
  if (prefix.length <= maxPrefixLength) return undefined;
  const left = maxPrefixLength - prefixOf("").length;
  const remedy =
    left > 0
      ? `use a name of at most ${left} ${left === 1 ? "character" : "characters"}`
      : "shorten the name of the project or the environment";
  return `its repositories would start with "${prefix}/", and ECR allows ${maxPrefixLength} characters before the slash; ${remedy}`;
}
