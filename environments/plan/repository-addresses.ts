import { upstreamHost } from "../../modules/ecr/cache/upstream-registries";
import type { RepositoryAddress } from "../../modules/ecr/repository/repository-address";
import { registryHost } from "../../modules/ecr/repository/repository-address";
import type { CacheOptions } from "../options/pull-through-cache";
import type { Environment } from "./environment";
import { upstreamAddress } from "./private-upstreams";
import { cachePrefix } from "./pull-through-caches";
import { publicRepositoryName, repositoryName } from "./repository-names";

/**
 * What a repository is to an environment: its own, a replica, what a pull-through cache creates, one that another project or
 * team creates, or one in the public gallery.
 */
export type RepositoryKind = "own" | "replica" | "cache" | "unmanaged" | "public";

/** A repository that an environment has, or that its images are in. */
export interface AddressedRepository extends RepositoryAddress {
  readonly kind: RepositoryKind;
  /** Name in the environment file, e.g. `web-app`. */
  readonly repository: string;
  /** For a cache, the registry that it caches, e.g. `public.ecr.aws`. @default - no cache */
  readonly upstream?: string;
}

/**
 * Every repository of an environment: its own in the order of the file, each with its replicas in any account; caches, whose
 * names end in a slash because ECR puts the path of the image after it; and those that others create.
 */
export function addressedRepositories(environment: Environment): AddressedRepository[] {
  const { accountId, region, ecr } = environment;
  const own = Object.entries(ecr.repositories).flatMap(([repository, { replicationDestinations }]) => {
    const name = repositoryName(environment, repository);
    return [
      { kind: "own" as const, repository, name, accountId, region },
      ...replicationDestinations.map(({ region: to, registryId = accountId }) => ({
        kind: "replica" as const,
        repository,
        name,
        accountId: registryId,
        region: to,
      })),
    ];
  });
  const caches = Object.entries(ecr.pullThroughCache).map(([repository, options]) => {
    const prefix = cachePrefix(environment, repository, options);
    return {
      kind: "cache" as const,
      repository,
      name: prefix === "ROOT" ? "" : `${prefix}/`,
      accountId,
      region,
      upstream: upstreamOf(environment, options),
    };
  });
  const named = (
    kind: "unmanaged" | "public",
    names: readonly string[],
    fullName: (name: string) => string,
  ) => names.map((repository) => ({ kind, repository, name: fullName(repository), accountId, region }));
  return [
    ...own,
    ...caches,
    ...named("unmanaged", Object.keys(ecr.unmanagedRepositories), (name) => name),
    ...named("public", Object.keys(ecr.publicRepositories), (name) =>
      publicRepositoryName(environment, name),
    ),
  ];
}

function upstreamOf(environment: Environment, options: CacheOptions): string {
  return upstreamHost(options.upstream, options.host ?? registryHost(upstreamAddress(environment, options)));
}
