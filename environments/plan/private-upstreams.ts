import {
  type CacheReader,
  fillPermission,
  type PrivateUpstream,
} from "../../modules/ecr/cache/private-upstream";
import { isPrivateEcr } from "../../modules/ecr/cache/upstream-registries";
import { repositoryArn } from "../../modules/ecr/repository/repository-address";
import type { Statement } from "../../modules/iam/policy-document";
import type { RegistryAddress } from "../naming";
import type { CacheOptions } from "../options/pull-through-cache";
import type { IncludedRequests } from "./included-requests";
import { cachePrefix } from "./pull-through-caches";
import type { PatternNaming } from "./repository-names";

/** The properties of an environment that its caches of private registries need. */
export type UpstreamUser = PatternNaming &
  RegistryAddress & {
    readonly ecr: {
      readonly pullThroughCache: Readonly<
        Record<string, Pick<CacheOptions, "upstream" | "registryId" | "region" | "upstreamPrefix" | "prefix">>
      >;
    };
  };

/** The registry that a cache of a private registry reads. */
export function upstreamAddress(
  environment: RegistryAddress,
  { registryId, region }: Pick<CacheOptions, "registryId" | "region">,
): RegistryAddress {
  return { accountId: registryId ?? environment.accountId, region: region ?? environment.region };
}

/** The caches of private registries: what they read, and where they store it. */
function privateUpstreams(environment: UpstreamUser): (PrivateUpstream & { address: RegistryAddress })[] {
  const { accountId, region } = environment;
  return Object.entries(environment.ecr.pullThroughCache)
    .filter(([, { upstream }]) => isPrivateEcr(upstream))
    .map(([name, options]) => {
      const address = upstreamAddress(environment, options);
      return {
        address,
        upstreamArn: arnUnder(address, options.upstreamPrefix ?? "ROOT"),
        cacheArn: arnUnder({ accountId, region }, cachePrefix(environment, name, options)),
      };
    });
}

/** ARN of all repositories that a prefix covers. */
function arnUnder(address: RegistryAddress, prefix: string): string {
  return repositoryArn({ ...address, name: prefix === "ROOT" ? "*" : `${prefix.replace(/\/$/, "")}/*` });
}

/** Whether any cache of an environment reads a private registry, for which ECR needs a role. */
export function readsPrivateRegistry(environment: UpstreamUser): boolean {
  return privateUpstreams(environment).length > 0;
}

/** What the role does with which ECR fills the caches of private registries, besides logging in; empty if there are none. */
export function fillStatements(environment: UpstreamUser): Statement[] {
  return fillPermission(privateUpstreams(environment));
}

/** The other accounts whose caches read a registry, by the repositories that they read. */
export function cacheReaders(
  { accountId, region }: RegistryAddress,
  environments: readonly UpstreamUser[],
): CacheReader[] {
  return environments
    .filter((environment) => environment.accountId !== accountId)
    .flatMap((environment) =>
      privateUpstreams(environment)
        .filter(({ address }) => address.accountId === accountId && address.region === region)
        .map(({ upstreamArn }) => ({ accountId: environment.accountId, repositoryArn: upstreamArn })),
    );
}

/** The same of other projects whose requests the registry's owner includes. */
export function cacheReadersOfOthers(included: readonly IncludedRequests[]): CacheReader[] {
  return included.flatMap(({ requests: { accountId, region, cacheReaders: readers } }) =>
    Object.entries(readers).flatMap(([reader, { namePatterns }]) =>
      namePatterns.map((name) => ({
        accountId: reader,
        repositoryArn: repositoryArn({ name, accountId, region }),
      })),
    ),
  );
}
