import { policyText } from "../../../modules/ecr/lifecycle/lifecycle-policy";
import { composePolicy } from "../../../modules/ecr/lifecycle/lifecycle-presets";
import { explainReplication, explainScanning } from "../../../modules/ecr/registry/registry-explanation";
import { defined, type RepositoryInput } from "../environment-input";
import type { FoundRegistry, FoundRepository } from "./found-registry";

type Registry = Pick<FoundRegistry, "accountId" | "scanning" | "replication">;

/** The options with which this project makes a repository as it is. */
export function optionsOf(repository: FoundRepository, registry: Registry): RepositoryInput {
  const { exclusionFilters, tags, policy, forceDelete, further = {} } = repository;
  return defined({
    imageTagMutability: repository.imageTagMutability,
    imageTagMutabilityExclusionFilters: exclusionFilters.length > 0 ? [...exclusionFilters] : undefined,
    ...scanningOf(repository, registry),
    ...(further.maxImageCount === undefined && lifecycleOf(repository.lifecyclePolicy)),
    repositoryPolicy: policy === undefined ? undefined : parsed(policy),
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

/** A policy that only counts images is `maxImageCount`. Every other one stays as it is. */
function lifecycleOf(text: string | undefined) {
  if (text === undefined) return { lifecyclePolicy: "none" };
  const policy = parsed(text) as { rules?: { selection?: { countNumber?: number } }[] };
  const count = policy.rules?.[0]?.selection?.countNumber;
  const preset = { maxImageCount: count, protectedTags: [], lifecycleRules: [] };
  const isPreset =
    policy.rules?.length === 1 &&
    count !== undefined &&
    sorted(parsed(policyText(composePolicy(preset).policy))) === sorted(policy);
  return isPreset ? { maxImageCount: count } : { lifecyclePolicy: text };
}

/** A text that is no JSON stays a text, and the schema says what is wrong. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
