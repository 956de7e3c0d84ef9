import { tagsOf } from "../../../environments/naming";
import { accessTo } from "../../../environments/plan/access";
import type { Environment } from "../../../environments/plan/environment";
import { policyTextOf, replicaPolicyTextOf } from "../../../environments/plan/lifecycle";
import { ownsRegistry } from "../../../environments/plan/registry-owner";
import { registryPlans } from "../../../environments/plan/registry-plan";
import { registryRequests } from "../../../environments/plan/registry-requests";
import { registrySum } from "../../../environments/plan/registry-sum";
import type { AddressedRepository } from "../../../environments/plan/repository-addresses";
import { repositoryName } from "../../../environments/plan/repository-names";
import { settingsOf } from "../../../modules/ecr/registry/registry-requests";
import type { RepositorySettings } from "./settings";

/**
 * What the environment file says about a repository, as far as it does: nothing of one that it does not name, and of one that
 * others create only what the registry's settings have. `kmsKey` is missing where the key is that of the security layer.
 *
 * @param environments all of the project: those that share a registry share its scan type
 */
export function declaredSettings(
  environment: Environment,
  repository: AddressedRepository,
  environments: readonly Environment[],
): Partial<RepositorySettings> {
  const { kind } = repository;
  if (kind === "cache") return cacheSettings(environment, repository);
  if (kind === "unmanaged") return registrySettings(environment, repository, environments);
  return {
    ...ownSettings(environment, repository),
    ...registrySettings(environment, repository, environments),
  };
}

function ownSettings(environment: Environment, repository: AddressedRepository): Partial<RepositorySettings> {
  const options = environment.ecr.repositories[repository.repository];
  if (options === undefined) return {};
  const isReplica = repository.kind === "replica";
  const { grants } = accessTo(environment, repository.repository, options, repository.region);
  return {
    imageTagMutability: options.imageTagMutability,
    imageTagMutabilityExclusionFilters: options.imageTagMutabilityExclusionFilters,
    ...encryption(environment, isReplica),
    lifecyclePolicy: parsed(isReplica ? replicaPolicyTextOf(options) : policyTextOf(options)),
    repositoryPolicy: grants.statements().length === 0 ? null : JSON.parse(grants.text()),
    tags: tagsOf(
      { ...environment, tags: { ...environment.tags, ...options.tags } },
      isReplica ? "replicas" : "compute",
    ),
  };
}

const parsed = (policy: string | undefined): object | null =>
  policy === undefined ? null : JSON.parse(policy);

/** A cache's options apply to the repositories that ECR creates later, so an older one may differ. */
function cacheSettings(
  environment: Environment,
  { repository }: AddressedRepository,
): Partial<RepositorySettings> {
  const [cache = ""] = repository.split("/");
  const options = environment.ecr.pullThroughCache[cache];
  if (options === undefined) return {};
  return {
    imageTagMutability: options.imageTagMutability,
    imageTagMutabilityExclusionFilters: options.imageTagMutabilityExclusionFilters,
    ...encryption(environment, false),
    lifecyclePolicy: parsed(policyTextOf(options)),
  };
}

function encryption({ ecr }: Environment, isReplica: boolean): Partial<RepositorySettings> {
  const { encryptionType, kmsKeyArn } = ecr;
  if (encryptionType === "AES256") return { encryptionType, kmsKey: null };
  return { encryptionType, ...(kmsKeyArn !== undefined && !isReplica && { kmsKey: kmsKeyArn }) };
}

/** What the registry has for the repository. ECR does not replicate a replica again. */
function registrySettings(
  environment: Environment,
  { kind, repository, accountId, region }: AddressedRepository,
  environments: readonly Environment[],
): Partial<RepositorySettings> {
  const plan = registryPlans(environments).find(
    (one) => one.accountId === accountId && one.region === region,
  );
  const name = kind === "unmanaged" ? repository : repositoryName(environment, repository);
  const request = registryRequests(environment).find((one) => one.name === name);
  if (request === undefined) return {};
  return {
    ...(plan !== undefined &&
      ownsRegistry(plan) && { scanType: settingsOf(registrySum(plan).scanning).scanType }),
    scanFrequency: request.scanFrequency,
    replicatedTo:
      kind === "replica"
        ? []
        : request.destinations.map(({ registryId, region }) => `${registryId} ${region}`),
  };
}
