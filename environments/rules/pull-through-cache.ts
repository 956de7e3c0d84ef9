import { cachePrefixProblem } from "../../modules/ecr/cache/cache-prefix";
import { namePrefix } from "../naming";
import type { EnvironmentCandidate } from "../options/environment";
import type { CacheCandidate } from "../options/pull-through-cache";
import { cachesExistIn, cachesOf } from "../plan/pull-through-caches";
import { suggest } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked-map";
import { repositoriesOf } from "../schema/unchecked-repositories";

/** Rules between the caches of an environment and the rest of its file. */
export function cacheRules(environment: EnvironmentCandidate, context: RuleContext): void {
  const caches = cachesOf(environment);
  const { region } = environment;
  if (caches.length > 0 && typeof region === "string" && !cachesExistIn(region))
    context.problem(
      ["ecr", "pullThroughCache"],
      caches.map(([name]) => name),
      "ECR has no pull-through cache in China and in AWS GovCloud (US); copy the images into repositories",
    );
  for (const [name, cache] of caches) {
    const at = ["ecr", "pullThroughCache", name];
    prefix(environment, name, at, context);
    ownRepositories(environment, name, at, context);
    secret(environment, cache, at, context);
    roles(environment, cache, at, context);
  }
}

function prefix(
  { project, name: environmentName }: EnvironmentCandidate,
  name: string,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (typeof project !== "string" || typeof environmentName !== "string") return;
  const advice = cachePrefixProblem(`${namePrefix({ project, name: environmentName })}-`, name);
  if (advice !== undefined) problem(at, name, advice);
}

/** A template touches no repository that is made otherwise, so none of ours may lie where a cache makes its own. */
function ownRepositories(
  environment: EnvironmentCandidate,
  name: string,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  for (const [repository] of repositoriesOf(environment))
    if (repository === name || repository.startsWith(`${name}/`))
      problem(
        at,
        name,
        `ecr.repositories has "${repository}", which is where this cache makes its repositories; rename one of the two`,
      );
}

function secret(
  { security }: EnvironmentCandidate,
  { credentials }: CacheCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (typeof credentials !== "string" || credentials.trim() === "") return;
  const known = namesIn(security?.secrets);
  if (known === undefined) return;
  const path = [...at, "credentials"];
  if (!known.includes(credentials)) {
    const remedy = suggest(credentials, known) ?? "add it there with pullThroughCache: true";
    problem(path, credentials, `security.secrets has no secret of this name; ${remedy}`);
  } else if (security?.secrets?.[credentials]?.pullThroughCache === false)
    problem(
      path,
      credentials,
      `ECR reads credentials only from secrets below ecr-pullthroughcache/; write pullThroughCache: true in security.secrets["${credentials}"]`,
    );
}

function roles(
  { accountId }: EnvironmentCandidate,
  { pullRoleArns }: CacheCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (!Array.isArray(pullRoleArns) || typeof accountId !== "string") return;
  pullRoleArns.forEach((arn, index) => {
    if (typeof arn !== "string") return;
    const path = [...at, "pullRoleArns", index];
    const account = /^arn:[^:]+:iam::(\d{12}):role\//.exec(arn)?.[1];
    if (account !== undefined && account !== accountId)
      problem(
        path,
        arn,
        `the repositories of a cache are for roles of their own account; name a role of ${accountId}`,
      );
    if (pullRoleArns.indexOf(arn) < index) problem(path, arn, "this role is listed twice; remove it here");
  });
}
