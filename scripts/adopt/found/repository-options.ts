import { explainReplication, explainScanning } from "../../../modules/ecr/registry/registry-explanation";
import { defined, type RepositoryInput } from "../environment-input";
import type { Note } from "../note";
import { adoptedPolicy } from "./adopted-policy";
import type { FoundRegistry, FoundRepository } from "./found-registry";
import { lifecycleOf } from "./lifecycle-options";

type Registry = Pick<FoundRegistry, "accountId" | "scanning" | "replication">;

/** The options with which this project makes a repository as it is. */
export function optionsOf(
  repository: FoundRepository,
  registry: Registry & Pick<FoundRegistry, "region">,
  notes: Note[],
): RepositoryInput {
  const { exclusionFilters, tags, forceDelete, further = {} } = repository;
  return defined({
    imageTagMutability: repository.imageTagMutability,
    imageTagMutabilityExclusionFilters: exclusionFilters.length > 0 ? [...exclusionFilters] : undefined,
    ...scanningOf(repository, registry),
    ...(further.maxImageCount === undefined && lifecycleOf(repository.lifecyclePolicy)),
    repositoryPolicy: adoptedPolicy(repository, registry, notes),
    ...replicationOf(repository, registry),
    ...further,
    forceDelete: forceDelete === true ? true : undefined,
    tags: Object.keys(tags).length > 0 ? { ...tags } : undefined,
  }) as RepositoryInput;
}

/** What the registry does counts, and the repository's own setting where nothing is known of the registry. */
export function scanningOf(
  { name, scanOnPush }: Pick<FoundRepository, "name" | "scanOnPush">,
  { scanning }: Registry,
) {
  if (scanning === undefined || (scanning.scanType === "BASIC" && scanning.rules.length === 0))
    return { scanOnPush };
  const { scanType, scanFrequency } = explainScanning(scanning, name);
  if (scanFrequency === "MANUAL" || scanFrequency === "OFF") return { scanOnPush: false };
  return {
    scanOnPush: true,
    ...(scanType === "ENHANCED" && { enableEnhancedScanning: true, scanFrequency }),
  };
}

/** Destinations in the account need no ID. */
export function replicationOf(
  { name }: Pick<FoundRepository, "name">,
  { accountId, replication = [] }: Registry,
) {
  const destinations = explainReplication(replication, name).destinations.map(({ region, registryId }) => ({
    region,
    ...(registryId !== accountId && registryId !== "" && { registryId }),
  }));
  return destinations.length > 0 ? { enableReplication: true, replicationDestinations: destinations } : {};
}
