import type { UncheckedTemplate } from "../options/creation-template";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedPublicRepository } from "../options/public-repository";
import type { UncheckedCache } from "../options/pull-through-cache";
import type { UncheckedRegistryOptions } from "../options/registry";
import type { UncheckedRepository } from "../options/repository";
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

/** The project, name, account and Region of an environment if all are strings; `undefined` otherwise. */
export function environmentAddressOf(environment: UncheckedEnvironment) {
  const { accountId, region } = environment;
  const identity = environmentIdOf(environment);
  if (identity === undefined || typeof accountId !== "string" || typeof region !== "string") return undefined;
  return { ...identity, accountId, region };
}
