import type { CacheImport } from "../../modules/ecr/cache/cache-permission";
import type { RegistryRequest } from "../../modules/ecr/registry/registry-requests";
import { repositoryArn } from "../../modules/ecr/repository-address";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Environment } from "../environment";
import { namePrefix, repositoryName } from "../naming";
import type { EnvironmentCandidate } from "../options/environment";
import type { CacheCandidate } from "../options/pull-through-cache";
import { entriesIn } from "../schema/unchecked-map";

type Place = Pick<Environment, "project" | "name" | "accountId" | "region" | "ecr">;

/** The caches of an environment whose shape may be wrong: those that are objects at least. */
export function cachesOf(environment: EnvironmentCandidate): [string, CacheCandidate][] {
  return entriesIn(environment.ecr?.pullThroughCache);
}

/** Whether an environment has a cache at all. */
export function hasCaches({ ecr }: Pick<Environment, "ecr">): boolean {
  return Object.keys(ecr.pullThroughCache).length > 0;
}

/** Whether a cache of an environment needs credentials. */
export function usesCredentials({ ecr }: Pick<Environment, "ecr">): boolean {
  return Object.values(ecr.pullThroughCache).some(({ credentials }) => credentials !== undefined);
}

/** ARN of all that a cache holds, e.g. `arn:aws:ecr:us-east-1:123456789012:repository/myproject-dev-docker-hub/*`. */
function cacheArn(environment: Place, name: string): string {
  const { accountId, region } = environment;
  return repositoryArn({ name: `${repositoryName(environment, name)}/*`, accountId, region });
}

/** ARNs of all that the caches of an environment hold, for the policies of those who pull. */
export function cacheArns(environment: Place): string[] {
  return Object.keys(environment.ecr.pullThroughCache).map((name) => cacheArn(environment, name));
}

/** Whom the registry itself lets import into the caches of an environment. */
export function cacheImportsOf(environment: Place): CacheImport[] {
  return Object.entries(environment.ecr.pullThroughCache).map(([name, { pullRoleArns }]) => ({
    cacheArn: cacheArn(environment, name),
    roleArns: pullRoleArns,
  }));
}

/** What an image of a cache is called in a consumer's options: the cache, and the path of the image upstream. */
export interface CachedImage {
  readonly cache: string;
  /** Empty where nothing follows the name of the cache. */
  readonly path: string;
}

/**
 * The cache that `image.repository` names by its first component; `undefined` where it names none. Its repository in
 * ECR is `repositoryName(environment, image.repository)`, as for every other image.
 */
export function cachedImage(repository: string, caches: readonly string[]): CachedImage | undefined {
  const [cache = "", ...path] = repository.split("/");
  return caches.includes(cache) ? { cache, path: path.join("/") } : undefined;
}

/**
 * What caches ask of replication: to be left alone. Filters are name prefixes and could catch them otherwise.
 */
export function cacheRequests(environment: Environment): RegistryRequest[] {
  return Object.keys(environment.ecr.pullThroughCache).map((name) => ({
    name: `${repositoryName(environment, name)}/`,
    namePrefix: `${namePrefix(environment)}-`,
    source: environment.file,
    scanType: "BASIC",
    scanFrequency: "MANUAL",
    destinations: [],
  }));
}

/** Partitions where ECR caches other registries. https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
export function cachesExistIn(region: string): boolean {
  return partitionOf(region) === "aws";
}
