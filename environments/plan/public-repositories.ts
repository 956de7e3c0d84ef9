import { publicRepositoryArn } from "../../modules/ecr/public/public-repository";
import { type EnvironmentId, repositoryName } from "../naming";
import type { Environment } from "./environment";

/** Whether an environment has public repositories. */
export function hasPublicRepositories({ ecr }: Pick<Environment, "ecr">): boolean {
  return Object.keys(ecr.publicRepositories).length > 0;
}

/** ARN of a public repository of an environment, by its short name; `*` for all of them. */
export function publicArn(
  environment: EnvironmentId & { readonly accountId: string },
  shortName: string,
): string {
  return publicRepositoryArn(environment.accountId, repositoryName(environment, shortName));
}
