import {
  publicRegion,
  publicRepositoryArn,
  supportsPublicRepositories,
} from "../../modules/ecr/public/public-repository";
import { type EnvironmentId, repositoryName } from "../naming";
import type { Environment } from "./environment";

/** Whether an environment has public repositories. */
export function hasPublicRepositories({ ecr }: Pick<Environment, "ecr">): boolean {
  return Object.keys(ecr.publicRepositories).length > 0;
}

/**
 * The Regions besides its own for which the compute stack of an environment has a provider: that of public repositories. The
 * stack has it without any public repository too, because Terraform destroys the last one with it.
 *
 * @see https://developer.hashicorp.com/terraform/language/providers/configuration#multiple-provider-configurations
 */
export function furtherPublicRegions({ region }: Pick<Environment, "region">): string[] {
  return region === publicRegion || !supportsPublicRepositories(region) ? [] : [publicRegion];
}

/** ARN of a public repository of an environment, by its short name; `*` for all of them. */
export function publicArn(
  environment: EnvironmentId & { readonly accountId: string },
  shortName: string,
): string {
  return publicRepositoryArn(environment.accountId, repositoryName(environment, shortName));
}
