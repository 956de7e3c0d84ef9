import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import { cachePrefixProblem } from "../../modules/ecr/cache/cache-prefix";
import {
  hasOwnHosts,
  isPrivateEcr,
  needsCredentials,
  upstreams,
} from "../../modules/ecr/cache/upstream-registries";
import { suggest } from "../../modules/values/suggestion";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedCache } from "../options/pull-through-cache";
import { supportsPullThroughCache } from "../plan/pull-through-caches";
import { nameByPattern, repositoryName } from "../plan/repository-names";
import type { RuleContext } from "../schema/rule";
import { namesIn, textsIn } from "../schema/unchecked";
import { lifecycleRules } from "./lifecycle";
import { privateUpstreamRules } from "./private-upstream";
import { mutabilityRules } from "./repository";
import { cachesOf, namingOf, repositoriesOf } from "./sections";

/** Rules for one pull-through cache, and between it and the rest of its environment. */
export function cacheRules(
  environment: UncheckedEnvironment,
  name: string,
  cache: UncheckedCache,
  context: RuleContext,
): void {
  mutabilityRules(cache, context);
  lifecycleRules(cache, context);
  upstreamRules(cache, context);
  privateUpstreamRules(environment, cache, context);
  repositoryPrefix(environment, name, cache, context);
  if (cache.prefix === undefined) conflictingRepositories(environment, name, context);
  credentialSecret(environment, cache, context.at("credentials"));
  pullRoles(environment, cache, context.at("pullRoleArns"));
}

/** ECR supports pull-through caches only in some partitions. */
export function cachesSupported(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const caches = cachesOf(environment);
  const { region } = environment;
  if (caches.length > 0 && typeof region === "string" && !supportsPullThroughCache(region))
    problem(
      ["ecr", "pullThroughCache"],
      caches.map(([name]) => name),
      "AWS documents pull-through cache for the commercial Regions only; copy the images into repositories",
    );
}

function upstreamRules({ upstream, host, credentials }: UncheckedCache, { problem }: RuleContext): void {
  if (upstream === undefined || !upstreams.includes(upstream)) return;
  if (needsCredentials(upstream) && credentials === undefined)
    problem(
      ["credentials"],
      undefined,
      `ECR requires credentials for ${upstream}; use a secret in security.secrets that has pullThroughCache: true`,
    );
  if (!needsCredentials(upstream) && credentials !== undefined)
    problem(["credentials"], credentials, `${upstream} does not use credentials; remove them`);
  if (hasOwnHosts(upstream) && host === undefined)
    problem(["host"], undefined, `every registry of ${upstream} has its own host; use "<name>.azurecr.io"`);
  if (!hasOwnHosts(upstream) && host !== undefined)
    problem(
      ["host"],
      host,
      isPrivateEcr(upstream)
        ? "the host of a private registry follows from registryId and region; remove this option"
        : `${upstream} has a fixed host; remove this option`,
    );
}

function repositoryPrefix(
  environment: UncheckedEnvironment,
  name: string,
  { prefix }: UncheckedCache,
  { problem }: RuleContext,
): void {
  const naming = namingOf(environment);
  if (naming === undefined) return;
  const prefixOf = (short: string) => (prefix === undefined ? nameByPattern(naming, short) : short);
  const advice = cachePrefixProblem(prefixOf, name);
  if (advice !== undefined) problem([], name, advice);
}

/** A template does not change existing repositories, so none may have a name that the cache would use. */
function conflictingRepositories(
  environment: UncheckedEnvironment,
  name: string,
  { problem }: RuleContext,
): void {
  const naming = namingOf(environment);
  if (naming === undefined) return;
  const prefix = nameByPattern(naming, name);
  for (const [repository] of repositoriesOf(environment))
    if (`${repositoryName(naming, repository)}/`.startsWith(`${prefix}/`))
      problem(
        [],
        name,
        `this cache creates its repositories under the name of "${repository}" in ecr.repositories; rename one of the two`,
      );
}

function credentialSecret(
  { security }: UncheckedEnvironment,
  { upstream, credentials }: UncheckedCache,
  { problem }: RuleContext,
): void {
  if (typeof credentials !== "string" || credentials.trim() === "") return;
  // Which secret it is does not matter then: `upstreamRules` says that there must be none.
  if (upstream !== undefined && upstreams.includes(upstream) && !needsCredentials(upstream)) return;
  const known = namesIn(security?.secrets);
  if (known === undefined) return;
  if (!known.includes(credentials)) {
    const remedy = suggest(credentials, known) ?? "add it there with pullThroughCache: true";
    problem([], credentials, `security.secrets has no secret with this name; ${remedy}`);
  } else if (security?.secrets?.[credentials]?.pullThroughCache === false)
    problem(
      [],
      credentials,
      `ECR reads credentials only from secrets under ecr-pullthroughcache/; set pullThroughCache: true in security.secrets["${credentials}"]`,
    );
}

function pullRoles(
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
        `only roles in the same account can use the repositories of a cache; use a role in ${accountId}`,
      );
  }
}
