import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedCache } from "../options/pull-through-cache";
import type { UncheckedRegistryOptions } from "../options/registry";
import type { UncheckedRepository } from "../options/repository";
import { entriesIn } from "../schema/unchecked";

/** The repositories of an environment before validation: those that are objects at least. */
export function repositoriesOf(environment: UncheckedEnvironment): [string, UncheckedRepository][] {
  return entriesIn(environment.ecr?.repositories);
}

/** The unmanaged repositories, likewise. */
export function unmanagedRepositoriesOf(
  environment: UncheckedEnvironment,
): [string, UncheckedRegistryOptions][] {
  return entriesIn(environment.ecr?.unmanagedRepositories);
}

/** The pull-through caches, likewise. */
export function cachesOf(environment: UncheckedEnvironment): [string, UncheckedCache][] {
  return entriesIn(environment.ecr?.pullThroughCache);
}

/** An environment whose name parts have the right shape; `undefined` otherwise, which their shape reports. */
export function identified({
  project,
  name,
}: UncheckedEnvironment): { readonly project: string; readonly name: string } | undefined {
  return typeof project === "string" && typeof name === "string" ? { project, name } : undefined;
}

/** The same with account and Region. */
export function located(environment: UncheckedEnvironment) {
  const { accountId, region } = environment;
  const identity = identified(environment);
  if (identity === undefined || typeof accountId !== "string" || typeof region !== "string") return undefined;
  return { ...identity, accountId, region };
}
