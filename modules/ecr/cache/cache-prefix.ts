/** AWS's limits on the prefix of a rule. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html */
const maxPrefixLength = 30;

/** Rules of one registry. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
export const maxCacheRules = 50;

/** Part of what ECR takes: a name of a single component, so that the first component of an image tells its cache. */
const namePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Why a cache is refused, as "rule; remedy"; `undefined` when its prefix is legal.
 *
 * @param start what the prefix begins with, e.g. `myproject-dev-`
 * @param name the short name of the cache, which the prefix ends with
 */
export function cachePrefixProblem(start: string, name: string): string | undefined {
  if (!namePattern.test(name))
    return "the name of a cache has lower-case letters and digits, with single hyphens between them; write for example docker-hub";
  const prefix = `${start}${name}`;
  if (prefix.length <= maxPrefixLength) return undefined;
  const left = maxPrefixLength - start.length;
  const remedy =
    left > 0
      ? `use a name of at most ${left} ${left === 1 ? "character" : "characters"}`
      : "shorten the name of the project or of the environment";
  return `its repositories would begin with "${prefix}/", and ECR takes ${maxPrefixLength} characters before the slash; ${remedy}`;
}
