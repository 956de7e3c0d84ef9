import { existingNameProblem, repositoryNameProblem } from "../../modules/ecr/repository/repository-name";
import { takesExclusionFilters } from "../../modules/ecr/repository/tag-mutability";
import { partitionOf } from "../../modules/iam/aws-partition";
import { repositoryName } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRegistryOptions } from "../options/registry";
import type { UncheckedRepository } from "../options/repository";
import type { RuleContext } from "../schema/rule";
import { accessRules } from "./access";
import { lifecycleRules } from "./lifecycle";
import { statementRules } from "./policy-statements";
import { registryRules } from "./registry";
import { identified } from "./sections";

/** Rules for one repository, alone and with the rest of its environment. */
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
  statementRules(repository, context);
  fullName(environment, shortName, context);
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

/** Rules between the mode of tags and its filters. */
export function mutabilityRules(
  {
    imageTagMutability: mode,
    imageTagMutabilityExclusionFilters: filters,
  }: Pick<UncheckedRepository, "imageTagMutability" | "imageTagMutabilityExclusionFilters">,
  { problem }: RuleContext,
): void {
  if (typeof mode !== "string" || !Array.isArray(filters)) return;
  const takes = takesExclusionFilters(mode);
  const at = ["imageTagMutabilityExclusionFilters"];
  if (takes && filters.length === 0)
    problem(at, undefined, `${mode} needs filters; add some or use ${mode.replace("_WITH_EXCLUSION", "")}`);
  if (!takes && filters.length > 0)
    problem(at, filters, `${mode} takes no filters; remove them or use ${mode}_WITH_EXCLUSION`);
}

function fullName(environment: UncheckedEnvironment, shortName: string, { problem }: RuleContext): void {
  const identity = identified(environment);
  if (identity === undefined) return;
  // A project or environment name with the wrong form is reported by its shape, not again for each repository.
  if (repositoryNameProblem(repositoryName(identity, "x")) !== undefined) return;
  const advice = repositoryNameProblem(repositoryName(identity, shortName));
  if (advice !== undefined) problem([], shortName, advice);
}

function destinations(
  { accountId, region }: UncheckedEnvironment,
  { replicationDestinations }: UncheckedRegistryOptions,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(replicationDestinations) || typeof region !== "string") return;
  const seen = new Set<string>();
  replicationDestinations.forEach((destination, index) => {
    const path = ["replicationDestinations", index];
    if (typeof destination?.region !== "string") return;
    const registryId = destination.registryId ?? accountId;
    const address = `${registryId}/${destination.region}`;
    if (address === `${accountId}/${region}`)
      problem(path, destination, "a repository cannot be replicated to its own registry; use another Region");
    if (seen.has(address)) problem(path, destination, "this destination is listed twice; remove it here");
    if (partitionOf(destination.region) !== partitionOf(region))
      problem(
        path,
        destination,
        `ECR does not replicate across partitions; use a Region of the partition ${partitionOf(region)}`,
      );
    seen.add(address);
  });
}
