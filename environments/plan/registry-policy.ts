import { cacheImports } from "../../modules/ecr/cache/cache-permission";
import { upstreamReads } from "../../modules/ecr/cache/private-upstream";
import { replicationFrom } from "../../modules/ecr/registry/replication-permission";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import type { RegistryAddress } from "../naming";
import type { Environment } from "./environment";
import { includedRequests } from "./included-requests";
import { cacheReaders, cacheReadersOfOthers } from "./private-upstreams";
import { cacheImportsOf, cacheImportsOfOthers } from "./pull-through-caches";
import type { RegistryPlan } from "./registry-plan";
import { replicationSources } from "./replication-sources";

/**
 * The statements of a registry's policy: who may replicate into it, read it for caches, and import into its caches. Empty:
 * it has no policy.
 */
export function registryPolicyStatements(
  plan: RegistryPlan,
  allEnvironments: readonly Environment[],
): Statement[] {
  const registry = { ...plan, partition: partitionOf(plan.region) };
  const included = includedRequests(plan);
  const creation = {
    mayCreate:
      allowingReplicaCreation(plan).length > 0 ||
      included.some(({ requests }) => requests.allowReplicaCreation),
    tagged: plan.environments.some(({ ecr }) =>
      Object.values(ecr.creationTemplates).some(({ appliedFor }) => appliedFor.includes("REPLICATION")),
    ),
  };
  return [
    ...replicationSources(plan, allEnvironments).map((source) => replicationFrom(registry, source, creation)),
    ...upstreamReads(
      [...cacheReaders(plan, allEnvironments), ...cacheReadersOfOthers(included)],
      registry.partition,
    ),
    ...cacheImports([...plan.environments.flatMap(cacheImportsOf), ...cacheImportsOfOthers(included)]),
  ];
}

/**
 * The statements that the owner of a registry outside this project needs for the environments that replicate to it. They
 * include `ecr:CreateRepository`, because the owner may not have repositories of these names; with them, it can be left out.
 * They do not include `ecr:TagResource`, which only templates with tags need and registries with policy scope V1 refuse.
 */
export function handedOverStatements(
  address: RegistryAddress,
  environments: readonly Environment[],
): Statement[] {
  const registry = { ...address, partition: partitionOf(address.region) };
  return replicationSources(address, environments).map((source) =>
    replicationFrom(registry, source, { mayCreate: true, tagged: false }),
  );
}

/**
 * The environments that allow other accounts to create repositories in a registry. Those in its Region decide. Only where
 * there are none, those with replicas there do: otherwise the wish for one registry would open another one.
 */
export function allowingReplicaCreation<E extends Environment>({
  environments,
  replicating,
}: RegistryPlan<E>): E[] {
  const deciding = environments.length > 0 ? environments : replicating;
  return deciding.filter(({ ecr }) => ecr.allowReplicaCreation);
}
