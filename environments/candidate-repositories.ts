import type { RepositoryCandidate } from "./ecr-options";
import type { EnvironmentCandidate } from "./environment-options";

/** The repositories of an environment whose shape may be wrong: those that are objects at least. */
export function repositoriesOf(environment: EnvironmentCandidate): [string, RepositoryCandidate][] {
  const { repositories } = environment.ecr ?? {};
  if (typeof repositories !== "object" || repositories === null) return [];
  return Object.entries(repositories).flatMap(([name, repository]) =>
    typeof repository === "object" && repository !== null ? [[name, repository]] : [],
  );
}
