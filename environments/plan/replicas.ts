import type { RepositoryAddress } from "../../modules/ecr/repository/repository-address";
import { rememberedOf } from "../../modules/values/remembered-of";
import type { RegistryAddress } from "../naming";
import type { RegistryOptions } from "../options/registry";
import type { Environment } from "./environment";
import { repositoryName } from "./repository-names";

/**
 * A repository that receives the images of one of the environment's repositories, in another Region of the same account.
 * It has the name of its source, because ECR replicates to a repository of the same name.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export interface Replica extends RepositoryAddress {
  /** Short name of the repository that the images come from, e.g. `web-app`. */
  readonly repository: string;
}

/** The properties of an environment that its replicas depend on. */
type Replicating = Pick<Environment, "name" | "project" | "accountId" | "ecr" | "naming">;

/**
 * The replicas of an environment, which its replicas layer creates, ordered by Region; those of one Region are in the order
 * of the file. Destinations in other accounts are not among them: another project or environment owns those registries.
 */
export const replicasOf = rememberedOf((environment: Replicating): readonly Replica[] => {
  const { accountId, ecr } = environment;
  return Object.entries(ecr.repositories)
    .flatMap(([repository, options]) =>
      ownDestinations(accountId, options).map((region) => ({
        name: repositoryName(environment, repository),
        accountId,
        region,
        repository,
      })),
    )
    .toSorted((a, b) => (a.region === b.region ? 0 : a.region < b.region ? -1 : 1));
});

/** The Regions of the own account that a repository is replicated to. */
export function ownDestinations(
  accountId: string,
  { replicationDestinations }: Pick<RegistryOptions, "replicationDestinations">,
): string[] {
  return replicationDestinations.flatMap(({ region, registryId = accountId }) =>
    registryId === accountId ? [region] : [],
  );
}

/** The Regions that an environment has replicas in, sorted. */
export function replicaRegions(environment: Replicating): string[] {
  return [...new Set(replicasOf(environment).map(({ region }) => region))];
}

/**
 * The Regions besides its own in which an environment has replicas, or still has to destroy them, sorted. Its stacks need a
 * provider for each: Terraform refuses a plan for a resource whose provider is gone.
 */
export function furtherRegions(environment: Replicating): string[] {
  const { formerReplicaRegions } = environment.ecr;
  return [...new Set([...replicaRegions(environment), ...formerReplicaRegions])].toSorted();
}

/** The registries of those Regions. Another Region is another registry. */
export function furtherRegistries(environment: Replicating): RegistryAddress[] {
  return furtherRegions(environment).map((region) => ({ accountId: environment.accountId, region }));
}

/** The Regions for whose replicas the security layer creates a key, sorted; none if images are encrypted with AES256. */
export function replicaKeyRegions(environment: Replicating): string[] {
  return environment.ecr.encryptionType === "AES256" ? [] : replicaRegions(environment);
}
