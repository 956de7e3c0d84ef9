import type { RepositoryCandidate } from "./ecr-options";
import type { EnvironmentCandidate } from "./environment-options";
import type { WishesCandidate } from "./registry-wishes";

/** The repositories of an environment whose shape may be wrong: those that are objects at least. */
export function repositoriesOf(environment: EnvironmentCandidate): [string, RepositoryCandidate][] {
  return objectsOf(environment.ecr?.repositories);
}

/** The same for the unmanaged ones. */
export function unmanagedRepositoriesOf(environment: EnvironmentCandidate): [string, WishesCandidate][] {
  return objectsOf(environment.ecr?.unmanagedRepositories);
}

function objectsOf<T>(named: Readonly<Record<string, T | undefined>> | undefined): [string, T][] {
  if (typeof named !== "object" || named === null) return [];
  return Object.entries(named).flatMap(([name, one]) =>
    typeof one === "object" && one !== null ? [[name, one]] : [],
  );
}
