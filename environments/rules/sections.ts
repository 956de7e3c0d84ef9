import { rememberedOf } from "../../modules/values/remembered-of";
import type { UncheckedTemplate } from "../options/creation-template";
import type { UncheckedEnvironment } from "../options/environment";
import { defaultRepositoryPattern, repositoryPatternProblem } from "../options/naming";
import type { UncheckedPublicRepository } from "../options/public-repository";
import type { UncheckedCache } from "../options/pull-through-cache";
import type { UncheckedRegistryOptions } from "../options/registry";
import type { UncheckedRepository } from "../options/repository";
import type { RegistryNaming } from "../plan/repository-names";
import { entriesIn } from "../schema/unchecked";

/** The repositories of an environment before validation, except values that are not objects. */
export function repositoriesOf(environment: UncheckedEnvironment): [string, UncheckedRepository][] {
  return entriesIn(environment.ecr?.repositories);
}

/** The unmanaged repositories of an environment before validation, except values that are not objects. */
export function unmanagedRepositoriesOf(
  environment: UncheckedEnvironment,
): [string, UncheckedRegistryOptions][] {
  return entriesIn(environment.ecr?.unmanagedRepositories);
}

/** The pull-through caches of an environment before validation, except values that are not objects. */
export function cachesOf(environment: UncheckedEnvironment): [string, UncheckedCache][] {
  return entriesIn(environment.ecr?.pullThroughCache);
}

/** The repository creation templates of an environment before validation, except values that are not objects. */
export function creationTemplatesOf(environment: UncheckedEnvironment): [string, UncheckedTemplate][] {
  return entriesIn(environment.ecr?.creationTemplates);
}

/** The public repositories of an environment before validation, except values that are not objects. */
export function publicRepositoriesOf(
  environment: UncheckedEnvironment,
): [string, UncheckedPublicRepository][] {
  return entriesIn(environment.ecr?.publicRepositories);
}

/** The project and name of an environment if both are strings; `undefined` otherwise, which the schema reports. */
export function environmentIdOf({
  project,
  name,
}: UncheckedEnvironment): { readonly project: string; readonly name: string } | undefined {
  return typeof project === "string" && typeof name === "string" ? { project, name } : undefined;
}

/**
 * What the names of an environment's repositories depend on; `undefined` if its project, name or pattern is wrong, which the
 * schema reports. It is worked out once, because the rules ask for it with each repository.
 */
export const namingOf = rememberedOf((environment: UncheckedEnvironment): RegistryNaming | undefined => {
  const identity = environmentIdOf(environment);
  const { repository = defaultRepositoryPattern } = environment.naming ?? {};
  if (identity === undefined || typeof repository !== "string") return undefined;
  if (repositoryPatternProblem(repository) !== undefined) return undefined;
  const named = (entries: readonly [string, { readonly name?: unknown }][]) =>
    Object.fromEntries(
      entries.map(([shortName, { name }]) => [shortName, typeof name === "string" ? { name } : {}]),
    );
  return {
    ...identity,
    naming: { repository },
    ecr: {
      repositories: named(repositoriesOf(environment)),
      publicRepositories: named(publicRepositoriesOf(environment)),
      pullThroughCache: Object.fromEntries(
        cachesOf(environment).map(([name, { prefix }]) => [name, prefix === "ROOT" ? { prefix } : {}]),
      ),
    },
  };
});

/** The same with the account and Region of an environment; `undefined` if any of them is wrong. */
export function environmentAddressOf(environment: UncheckedEnvironment) {
  const { accountId, region } = environment;
  const naming = namingOf(environment);
  if (naming === undefined || typeof accountId !== "string" || typeof region !== "string") return undefined;
  return { ...naming, accountId, region };
}
