import type { RepositoryCandidate } from "../options/ecr";
import type { EnvironmentCandidate } from "../options/environment";
import type { WishesCandidate } from "../options/registry";
import { entriesIn } from "./unchecked-map";

/** The repositories of an environment whose shape may be wrong: those that are objects at least. */
export function repositoriesOf(environment: EnvironmentCandidate): [string, RepositoryCandidate][] {
  return entriesIn(environment.ecr?.repositories);
}

/** The same for the unmanaged ones. */
export function unmanagedRepositoriesOf(environment: EnvironmentCandidate): [string, WishesCandidate][] {
  return entriesIn(environment.ecr?.unmanagedRepositories);
}
