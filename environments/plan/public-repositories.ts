import {
  publicRegion,
  publicRepositoryArn,
  supportsPublicRepositories,
} from "../../modules/ecr/public/public-repository";
import type { Environment } from "./environment";
import {
  namePatterns,
  ownPublicNames,
  publicRepositoryName,
  type RepositoryNaming,
} from "./repository-names";

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

/** ARN of a public repository of an environment, by its short name. */
export function publicArn(
  environment: RepositoryNaming & { readonly accountId: string },
  shortName: string,
): string {
  return publicRepositoryArn(environment.accountId, publicRepositoryName(environment, shortName));
}

/** ARN patterns of all of them. */
export function publicArns(environment: RepositoryNaming & { readonly accountId: string }): string[] {
  return namePatterns(ownPublicNames(environment)).map((name) =>
    publicRepositoryArn(environment.accountId, name),
  );
}
