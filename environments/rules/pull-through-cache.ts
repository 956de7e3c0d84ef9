import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import { cachePrefixProblem } from "../../modules/ecr/cache/cache-prefix";
import { hasOwnHosts, needsCredentials, upstreams } from "../../modules/ecr/cache/upstream-registries";
import { namePrefix } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedCache } from "../options/pull-through-cache";
import { cachesExistIn } from "../plan/pull-through-caches";
import { suggest } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { namesIn, textsIn } from "../schema/unchecked";
import { lifecycleRules } from "./lifecycle";
import { mutabilityRules } from "./repository";
import { cachesOf, identified, repositoriesOf } from "./sections";

/** Rules for one pull-through cache, alone and with the rest of its environment. */
export function cacheRules(
  environment: UncheckedEnvironment,
  name: string,
  cache: UncheckedCache,
  context: RuleContext,
): void {
  mutabilityRules(cache, context);
  lifecycleRules(cache, context);
  upstreamRules(cache, context);
  prefix(environment, name, context);
  ownRepositories(environment, name, context);
  secret(environment, cache, context.at("credentials"));
  roles(environment, cache, context.at("pullRoleArns"));
}

/** ECR has pull-through caches only in some partitions. */
export function cachesExist(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const caches = cachesOf(environment);
  const { region } = environment;
  if (caches.length > 0 && typeof region === "string" && !cachesExistIn(region))
    problem(
      ["ecr", "pullThroughCache"],
      caches.map(([name]) => name),
      "ECR has no pull-through cache in China and in AWS GovCloud (US); copy the images into repositories",
    );
}

function upstreamRules({ upstream, host, credentials }: UncheckedCache, { problem }: RuleContext): void {
  if (upstream === undefined || !upstreams.includes(upstream)) return;
  if (needsCredentials(upstream) && credentials === undefined)
    problem(
      ["credentials"],
      undefined,
      `ECR caches ${upstream} with credentials only; name a secret of security.secrets that has pullThroughCache: true`,
    );
  if (!needsCredentials(upstream) && credentials !== undefined)
    problem(["credentials"], credentials, `${upstream} asks for no credentials; remove them`);
  if (hasOwnHosts(upstream) && host === undefined)
    problem(
      ["host"],
      undefined,
      `every customer of ${upstream} has a host of their own; write "<name>.azurecr.io"`,
    );
  if (!hasOwnHosts(upstream) && host !== undefined)
    problem(["host"], host, `${upstream} has one host, which is known; remove it`);
}

function prefix(environment: UncheckedEnvironment, name: string, { problem }: RuleContext): void {
  const identity = identified(environment);
  if (identity === undefined) return;
  const advice = cachePrefixProblem(`${namePrefix(identity)}-`, name);
  if (advice !== undefined) problem([], name, advice);
}

/** A template leaves existing repositories alone, so none may have a name that the cache would create. */
function ownRepositories(environment: UncheckedEnvironment, name: string, { problem }: RuleContext): void {
  for (const [repository] of repositoriesOf(environment))
    if (repository === name || repository.startsWith(`${name}/`))
      problem(
        [],
        name,
        `ecr.repositories has "${repository}", which is where this cache makes its repositories; rename one of the two`,
      );
}

function secret(
  { security }: UncheckedEnvironment,
  { credentials }: UncheckedCache,
  { problem }: RuleContext,
): void {
  if (typeof credentials !== "string" || credentials.trim() === "") return;
  const known = namesIn(security?.secrets);
  if (known === undefined) return;
  if (!known.includes(credentials)) {
    const remedy = suggest(credentials, known) ?? "add it there with pullThroughCache: true";
    problem([], credentials, `security.secrets has no secret of this name; ${remedy}`);
  } else if (security?.secrets?.[credentials]?.pullThroughCache === false)
    problem(
      [],
      credentials,
      `ECR reads credentials only from secrets below ecr-pullthroughcache/; write pullThroughCache: true in security.secrets["${credentials}"]`,
    );
}

function roles(
  { accountId }: UncheckedEnvironment,
  { pullRoleArns }: UncheckedCache,
  { problem }: RuleContext,
): void {
  if (typeof accountId !== "string") return;
  for (const [arn, index] of textsIn(pullRoleArns)) {
    const account = roleParts(arn).accountId;
    if (/^\d{12}$/.test(account) && account !== accountId)
      problem(
        [index],
        arn,
        `the repositories of a cache are for roles of their own account; name a role of ${accountId}`,
      );
  }
}
