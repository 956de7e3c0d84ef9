import { entriesIn } from "./candidate-map";
import type { RepositoryCandidate } from "./ecr-options";
import type { EnvironmentCandidate } from "./environment-options";
import type { WishesCandidate } from "./registry-wishes";

/** The repositories of an environment whose shape may be wrong: those that are objects at least. */
export function repositoriesOf(environment: EnvironmentCandidate): [string, RepositoryCandidate][] {
  return entriesIn(environment.ecr?.repositories);
}

/** The same for the unmanaged ones. */
export function unmanagedRepositoriesOf(environment: EnvironmentCandidate): [string, WishesCandidate][] {
  return entriesIn(environment.ecr?.unmanagedRepositories);
}
