import type { Environment } from "../../../environments/plan/environment";
import { cachedImage } from "../../../environments/plan/pull-through-caches";
import {
  type AddressedRepository,
  addressedRepositories,
} from "../../../environments/plan/repository-addresses";
import { CommandError } from "../../runner/command";
import { noSuchName } from "../../runner/no-such-name";

/** Which repository a command line names. */
export interface RepositoryChoice {
  /** Short name, path in a cache, or full name of an unmanaged repository. */
  readonly repository: string;
  /** Region of a replica. @default - the environment's Region */
  readonly region?: string;
}

/** What `--repository` accepts, for the help of a verb. */
export const repositoryForms =
  "short name, e.g. web-app; in a cache, its name and the image's path, e.g. docker-hub/library/nginx";

/**
 * The repository that a command line names: one of the environment, of a cache, or unmanaged; with a Region, its replica
 * there in the environment's account.
 *
 * @throws CommandError when the environment has none of that name, or no replica there
 */
export function chosenRepository(
  environment: Environment,
  { repository, region = environment.region }: RepositoryChoice,
): AddressedRepository {
  const known = addressedRepositories(environment).filter(({ kind }) => kind !== "public");
  const named = known.filter((one) => one.kind !== "cache" && one.repository === repository);
  const found =
    named.find(
      (one) => one.region === region && (one.kind !== "replica" || one.accountId === environment.accountId),
    ) ?? imageInCache(environment, known, repository, region);
  if (found !== undefined) return found;
  if (named.length > 0) {
    const own = named.filter(({ accountId }) => accountId === environment.accountId);
    throw new CommandError(
      `--region: ${repository} of ${environment.name} has no replica in ${region} of its account; choose from ${own.map((one) => one.region).join(", ")}`,
    );
  }
  const names = [...new Set(known.map((one) => one.repository))];
  throw noSuchName(
    "repository",
    repository,
    environment.name,
    names,
    `add one to ecr.repositories in ${environment.file}`,
  );
}

function imageInCache(
  environment: Environment,
  known: readonly AddressedRepository[],
  repository: string,
  region: string,
): AddressedRepository | undefined {
  const caches = known.filter(({ kind }) => kind === "cache");
  const image = cachedImage(
    repository,
    caches.map((one) => one.repository),
  );
  const cache = caches.find((one) => one.repository === image?.cache);
  if (image === undefined || cache === undefined) return undefined;
  if (region !== environment.region)
    throw new CommandError(
      `--region: the cache "${image.cache}" of ${environment.name} is in ${environment.region} only; remove --region`,
    );
  if (image.path === "")
    throw new CommandError(
      `"${repository}" is a pull-through cache; put a slash and the path of the image after it, e.g. ${repository}/library/nginx`,
    );
  return { ...cache, repository, name: `${cache.name}${image.path}` };
}
