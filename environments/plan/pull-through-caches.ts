import type { CacheImport } from "../../modules/ecr/cache/cache-permission";
import type { RegistryRequest } from "../../modules/ecr/registry/registry-requests";
import { repositoryArn, repositoryAt } from "../../modules/ecr/repository/repository-address";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { RegistryAddress } from "../naming";
import type { CacheOptions } from "../options/pull-through-cache";
import type { Environment } from "./environment";
import type { IncludedRequests } from "./included-requests";
import {
  nameByPattern,
  nameStartOf,
  type PatternNaming,
  type RegistryNaming,
  repositoryName,
  requestedStartOf,
} from "./repository-names";

/** The properties of an environment that its caches need. */
export type CacheOwner<Options = Prefixed> = RegistryNaming &
  RegistryAddress & { readonly ecr: { readonly pullThroughCache: Readonly<Record<string, Options>> } };

/** Whether an environment has any caches. */
export function hasCaches({ ecr }: Pick<Environment, "ecr">): boolean {
  return Object.keys(ecr.pullThroughCache).length > 0;
}

/** Whether any cache of an environment has credentials. */
export function usesCredentials({ ecr }: Pick<Environment, "ecr">): boolean {
  return Object.values(ecr.pullThroughCache).some(({ credentials }) => credentials !== undefined);
}

/** The option that decides how the repositories of a cache begin. */
type Prefixed = { readonly prefix?: CacheOptions["prefix"] };

/** Prefix of the repositories of a cache in ECR, e.g. `myproject-dev-docker-hub`. */
export function cachePrefix(environment: PatternNaming, name: string, { prefix }: Prefixed): string {
  return prefix ?? nameByPattern(environment, name);
}

/**
 * ARN pattern for all repositories of a cache, e.g.
 * `arn:aws:ecr:us-east-1:123456789012:repository/myproject-dev-docker-hub/*`.
 */
function cacheArn(
  environment: PatternNaming & RegistryAddress,
  name: string,
  { prefix }: Prefixed = {},
): string {
  const { accountId, region } = environment;
  const repositories = prefix === "ROOT" ? "*" : `${nameByPattern(environment, name)}/*`;
  return repositoryArn({ name: repositories, accountId, region });
}

/**
 * ARN patterns for all repositories of an environment's caches, for the policies of principals that pull. Without the cache
 * that has the prefix `ROOT`: consumers cannot use it, because its repositories may be anyone's.
 */
export function cacheArns(environment: CacheOwner<Prefixed>): string[] {
  return Object.entries(environment.ecr.pullThroughCache)
    .filter(([, { prefix }]) => prefix === undefined)
    .map(([name]) => cacheArn(environment, name));
}

/** The roles that the registry policy allows to import images into an environment's caches. */
export function cacheImportsOf(
  environment: CacheOwner<Pick<CacheOptions, "pullRoleArns"> & Prefixed>,
): CacheImport[] {
  return Object.entries(environment.ecr.pullThroughCache).map(([name, { pullRoleArns, prefix }]) => ({
    cacheArn: cacheArn(environment, name, { prefix }),
    roleArns: pullRoleArns,
  }));
}

/** The same for the caches of other projects whose requests the registry's owner includes. */
export function cacheImportsOfOthers(included: readonly IncludedRequests[]): CacheImport[] {
  return included.flatMap(({ requests: { accountId, region, pullThroughCaches } }) =>
    Object.entries(pullThroughCaches).map(([prefix, { pullRoleArns }]) => ({
      cacheArn: repositoryArn({ name: prefix === "ROOT" ? "*" : `${prefix}/*`, accountId, region }),
      roleArns: pullRoleArns,
    })),
  );
}

/** A cached image in a consumer's options: the cache, and the path of the image upstream. */
export interface CachedImage {
  readonly cache: string;
  /** Empty if nothing follows the name of the cache. */
  readonly path: string;
}

/**
 * The cache that the first component of `image.repository` names; `undefined` if it names none. The repository in ECR is
 * {@link imageRepositoryName}.
 */
export function cachedImage(repository: string, caches: readonly string[]): CachedImage | undefined {
  const [cache = "", ...path] = repository.split("/");
  return caches.includes(cache) ? { cache, path: path.join("/") } : undefined;
}

/** Name in ECR of the repository that a consumer's image is in: one of the environment, of a cache, or of another account. */
export function imageRepositoryName(environment: RegistryNaming, repository: string): string {
  const { repositories, pullThroughCache } = environment.ecr;
  const other = repositoryAt(repository);
  if (other !== undefined) return other.name;
  const cached = Object.hasOwn(repositories, repository)
    ? undefined
    : cachedImage(repository, Object.keys(pullThroughCache));
  return cached === undefined
    ? repositoryName(environment, repository)
    : `${nameByPattern(environment, cached.cache)}/${cached.path}`;
}

/** Requests that keep caches out of replication, whose filters are name prefixes and could match them. */
export function cacheRequests(environment: Environment): RegistryRequest[] {
  return Object.entries(environment.ecr.pullThroughCache)
    .filter(([, { prefix }]) => prefix === undefined)
    .map(([cache]) => {
      const name = nameByPattern(environment, cache);
      return withoutReplication(name, nameStartOf(environment, name), environment.file);
    });
}

/** The same for the caches of other projects. */
export function cacheRequestsOfOthers(included: readonly IncludedRequests[]): RegistryRequest[] {
  return included.flatMap(({ environment: { file }, requests }) => {
    return Object.keys(requests.pullThroughCaches)
      .filter((prefix) => prefix !== "ROOT")
      .map((prefix) => withoutReplication(prefix, requestedStartOf(requests, prefix), file));
  });
}

function withoutReplication(prefix: string, start: string | undefined, source: string): RegistryRequest {
  return {
    name: `${prefix}/`,
    namePrefix: start,
    source,
    scanType: "BASIC",
    scanFrequency: "MANUAL",
    destinations: [],
  };
}

/** Whether ECR supports pull-through caches in the partition of a Region. https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
export function supportsPullThroughCache(region: string): boolean {
  return partitionOf(region) === "aws";
}
