import { publicRepositoryArn } from "../../modules/ecr/public/public-repository";
import { type EnvironmentId, repositoryName } from "../naming";

/** ARN of a public repository of an environment, by its short name. */
export function publicArn(
  environment: EnvironmentId & { readonly accountId: string },
  shortName: string,
): string {
  return publicRepositoryArn(environment.accountId, repositoryName(environment, shortName));
}
