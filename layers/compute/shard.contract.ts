import { mapOf } from "../contract";
import { accountIdKind, repositoryArnKind, repositoryNameKind, repositoryUrlKind } from "../value-kind";

/** What a stack with a part of the repositories publishes for the stack with the consumers, which merges the maps. */
export const shardContract = {
  ecr_repository_urls: mapOf(repositoryUrlKind, "Where images are pushed to, by short name"),
  ecr_repository_arns: mapOf(repositoryArnKind, "ARN of each repository, by short name"),
  ecr_repository_names: mapOf(repositoryNameKind, "Name of each repository in ECR, by short name"),
  ecr_registry_ids: mapOf(accountIdKind, "Account of each repository's registry, by short name"),
};
