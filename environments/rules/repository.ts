import { existingNameProblem, repositoryNameProblem } from "../../modules/ecr/repository/repository-name";
import { takesExclusionFilters } from "../../modules/ecr/repository/tag-mutability";
import { partitionOf } from "../../modules/iam/aws-partition";
import { isRegion } from "../../modules/iam/aws-regions";
import { rememberedOf } from "../../modules/values/remembered-of";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRegistryOptions } from "../options/registry";
import type { UncheckedRepository } from "../options/repository";
import { nameByPattern, type PatternNaming } from "../plan/repository-names";
import type { RuleContext } from "../schema/rule";
import { accessRules } from "./access";
import { lifecycleRules } from "./lifecycle";
import { statementRules } from "./policy-statements";
import { registryRules } from "./registry";
import { namingOf } from "./sections";
import { repositoryTagRules } from "./tags";

/** Rules for one repository, and between it and the rest of its environment. */
export function repositoryRules(
  environment: UncheckedEnvironment,
  shortName: string,
  repository: UncheckedRepository,
  context: RuleContext,
): void {
  registryRules(repository, context);
  mutabilityRules(repository, context);
  lifecycleRules(repository, context);
  accessRules(environment, repository, context);
  statementRules(environment, repository, context);
  fullName(environment, shortName, repository, context);
  repositoryTagRules(environment, repository, context);
  destinations(environment, repository, context);
}

/** Rules for one repository that this project does not manage. */
export function unmanagedRepositoryRules(
  environment: UncheckedEnvironment,
  name: string,
  options: UncheckedRegistryOptions,
  context: RuleContext,
): void {
  registryRules(options, context);
  const advice = existingNameProblem(name);
  if (advice !== undefined) context.problem([], name, advice);
  destinations(environment, options, context);
}

/** Rules between the tag mutability mode and its exclusion filters. */
export function mutabilityRules(
  {
    imageTagMutability: mode,
    imageTagMutabilityExclusionFilters: filters,
  }: Pick<UncheckedRepository, "imageTagMutability" | "imageTagMutabilityExclusionFilters">,
  { problem }: RuleContext,
): void {
  if (typeof mode !== "string" || !Array.isArray(filters)) return;
  const allowsFilters = takesExclusionFilters(mode);
  const at = ["imageTagMutabilityExclusionFilters"];
  if (allowsFilters && filters.length === 0)
    problem(
      at,
      undefined,
      `${mode} requires exclusion filters; add some or use ${mode.replace("_WITH_EXCLUSION", "")}`,
    );
  if (!allowsFilters && filters.length > 0)
    problem(
      at,
      filters,
      `${mode} does not support exclusion filters; remove them or use ${mode}_WITH_EXCLUSION`,
    );
}

function fullName(
  environment: UncheckedEnvironment,
  shortName: string,
  { name }: UncheckedRepository,
  { problem }: RuleContext,
): void {
  // The schema reports an invalid name of its own.
  const naming = name === undefined ? namingOf(environment) : undefined;
  if (naming === undefined) return;
  // An invalid project, environment or pattern is reported once, not for each repository.
  if (!isUsable(naming)) return;
  const advice = repositoryNameProblem(nameByPattern(naming, shortName));
  if (advice !== undefined) problem([], shortName, advice);
}

/** Whether some name of the environment's pattern is valid. */
const isUsable = rememberedOf(
  (naming: PatternNaming) => repositoryNameProblem(nameByPattern(naming, "name")) === undefined,
);

/** Destinations that ECR refuses. The schema reports those of the wrong shape. */
export function destinations(
  { accountId, region }: UncheckedEnvironment,
  { replicationDestinations }: UncheckedRegistryOptions,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(replicationDestinations) || typeof region !== "string") return;
  const seen = new Set<string>();
  replicationDestinations.forEach((destination, index) => {
    const path = ["replicationDestinations", index];
    // The schema reports an invalid Region.
    if (!isRegion(destination?.region)) return;
    const registryId = destination.registryId ?? accountId;
    const address = `${registryId}/${destination.region}`;
    if (address === `${accountId}/${region}`)
      problem(path, destination, "ECR cannot replicate a repository to its own registry; use another Region");
    if (seen.has(address)) problem(path, destination, "this destination is listed twice; remove it here");
    if (partitionOf(destination.region) !== partitionOf(region))
      problem(
        path,
        destination,
        `ECR does not replicate across partitions; use a Region in the partition ${partitionOf(region)}`,
      );
    seen.add(address);
  });
}
