import { cachePrefixProblem } from "../../../modules/ecr/cache/cache-prefix";
import { needsCredentials, upstreamOfHost } from "../../../modules/ecr/cache/upstream-registries";
import { defined, type EcrInput } from "../environment-input";
import type { Note } from "../note";
import type { FoundCache, FoundTemplate } from "./found-settings";
import { lifecycleOf } from "./lifecycle-options";
import { type NamePattern, shortNameOf } from "./name-pattern";

/** Options of caches by short name. */
type Caches = NonNullable<EcrInput["pullThroughCache"]>;

/** What decides how a registry's caches and templates are declared. */
export interface RegistryPlace {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  readonly pattern: NamePattern;
  /** Short names of the caches that the environment has, by prefix. */
  readonly known: ReadonlyMap<string, string>;
}

/** A cache that an environment file can declare. */
export interface DeclaredCache {
  readonly short: string;
  readonly prefix: string;
  readonly options: Caches[string];
}

/** The options of the caches that were found. Of the others, a note says what they need. */
export function cachesIn(
  caches: readonly FoundCache[],
  templates: readonly FoundTemplate[],
  place: RegistryPlace,
  notes: Note[],
): DeclaredCache[] {
  return caches.flatMap((cache) => {
    const found = cacheOf(cache, templates, place);
    if ("options" in found) return [{ ...found, prefix: cache.prefix }];
    notes.push({
      ...{ kind: "loss", subject: `pull-through cache ${cache.prefix} of ${cache.upstream}` },
      ...(cache.place !== undefined && { place: cache.place }),
      text: `${found.reason}; until then nothing changes about it`,
    });
    return [];
  });
}

function cacheOf(
  { prefix, upstream: host, upstreamPrefix, credentialArn }: FoundCache,
  templates: readonly FoundTemplate[],
  { accountId, region, pattern, known }: RegistryPlace,
): Omit<DeclaredCache, "prefix"> | { readonly reason: string } {
  const named = upstreamOfHost(host.replace(/^https?:\/\//, ""));
  if (named === undefined)
    return { reason: "this project does not support this upstream, so the cache stays as it is" };
  const { upstream } = named;
  if (credentialArn !== undefined || needsCredentials(upstream))
    return {
      reason: `its credentials are in ${credentialArn ?? "a secret"}, which this project cannot take over: declare a secret with pullThroughCache: true in security.secrets, deploy it and store the credentials in it, and then declare the cache in ecr.pullThroughCache with credentials`,
    };
  const { short, name } = prefix === "ROOT" ? root(known) : shortNameOf(prefix, pattern, known.get(prefix));
  const problem = name ?? cachePrefixProblem(() => prefix, short);
  if (problem !== undefined)
    return {
      reason: `no short name gives this prefix: naming.repository is ${pattern.pattern}; declare another cache in ecr.pullThroughCache and pull through that one, or leave this cache to whatever manages it now`,
    };
  const template = templates.find((one) => one.prefix === prefix && one.appliedFor.includes(forCaches));
  return {
    short,
    options: defined({
      upstream,
      registryId: named.registryId === accountId ? undefined : named.registryId,
      region: named.region === region ? undefined : named.region,
      upstreamPrefix: upstreamPrefix === "ROOT" ? undefined : upstreamPrefix,
      prefix: prefix === "ROOT" ? prefix : undefined,
      ...templateSettings(template),
    }) as Caches[string],
  };
}

/** What a template is for that ECR uses on the first pull of an image. */
export const forCaches = "PULL_THROUGH_CACHE";

const root = (known: ReadonlyMap<string, string>): { short: string; name?: string } => ({
  short: known.get("ROOT") ?? "root",
});

/** Without a template, ECR creates repositories with mutable tags and no lifecycle policy. */
export function templateSettings(template: FoundTemplate | undefined) {
  const filters = template?.exclusionFilters ?? [];
  return {
    imageTagMutability: template?.imageTagMutability ?? "MUTABLE",
    imageTagMutabilityExclusionFilters: filters.length > 0 ? [...filters] : undefined,
    ...lifecycleOf(template?.lifecyclePolicy),
  };
}
