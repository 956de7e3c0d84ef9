import { repositoriesOf } from "./candidate-repositories";
import { consumerCandidates } from "./consumers";
import type { EnvironmentCandidate } from "./environment-options";
import { unknownName } from "./problem";
import type { RuleContext } from "./rule";

/** Rules between consumers and the repositories whose images they run. */
export function consumerRules(environment: EnvironmentCandidate, { problem }: RuleContext): void {
  const names = repositoriesOf(environment).map(([name]) => name);
  for (const { path, image } of consumerCandidates(environment)) {
    const { repository } = image;
    if (typeof repository !== "string" || repository.trim() === "" || names.includes(repository)) continue;
    problem(
      [...path, "image", "repository"],
      repository,
      unknownName("ecr.repositories", "repository", repository, names),
    );
  }
}
