import type { Environment } from "../../../environments/plan/environment";
import type { ComparedReplica } from "./comparison";

/** The properties of an environment that say who creates a replica. */
type Owner = Pick<Environment, "name" | "accountId">;

/**
 * Why a replica cannot be completed, and what to do.
 *
 * @param copy whether images are copied through the ECR API, for which the registry's rules do not matter
 */
export function obstaclesTo(replica: ComparedReplica, { name, accountId }: Owner, copy: boolean): string[] {
  const { repository, destination, lacking, configured, exists } = replica;
  if (lacking.length === 0) return [];
  const place = `account ${destination.registryId}, ${destination.region}`;
  const creation =
    destination.registryId === accountId
      ? `create it first (npm run deploy -- ${name})`
      : "ask the owner of that account to create it";
  const missing = `${repository} does not exist in ${place}; ${creation}, because ECR would create it with AES256 and mutable tags`;
  return [
    ...(exists ? [] : [copy ? missing : `${missing}; until then, nothing is backfilled there`]),
    ...(configured || copy
      ? []
      : [
          `The registry does not replicate ${repository} to ${place} yet; deploy it first: npm run deploy -- ${name} --layer registry`,
        ]),
  ];
}

/**
 * The incomplete replicas that can be completed. A backfill by ECR takes everything that the registry replicates to a
 * destination, so one replica without a repository stands in the way of all others there: ECR would create it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication-backfill.html
 */
export function completable(replicas: readonly ComparedReplica[], copy: boolean): ComparedReplica[] {
  const incomplete = replicas.filter(({ lacking }) => lacking.length > 0);
  if (copy) return incomplete.filter(({ exists }) => exists);
  const wouldBeCreated = incomplete.filter(({ exists, configured }) => !exists && configured);
  return incomplete.filter(
    ({ exists, configured, destination }) =>
      exists &&
      configured &&
      !wouldBeCreated.some(
        ({ destination: other }) =>
          other.region === destination.region && other.registryId === destination.registryId,
      ),
  );
}
