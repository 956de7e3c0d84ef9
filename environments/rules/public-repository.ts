import { publicNameProblem, supportsPublicRepositories } from "../../modules/ecr/public/public-repository";
import type { UncheckedEnvironment } from "../options/environment";
import { nameByPattern, publicRepositoryName } from "../plan/repository-names";
import type { RuleContext } from "../schema/rule";
import { namingOf, publicRepositoriesOf } from "./sections";

/** Rules for the public repositories of an environment. */
export function publicRepositoryRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const names = publicRepositoriesOf(environment).map(([name]) => name);
  const { region } = environment;
  if (names.length > 0 && typeof region === "string" && !supportsPublicRepositories(region))
    context.problem(
      ["ecr", "publicRepositories"],
      names,
      "Amazon ECR Public is available only to accounts of the commercial Regions; declare them in an environment there",
    );
  const naming = namingOf(environment);
  // An invalid project, environment or pattern is reported once, not for each repository.
  if (naming === undefined || publicNameProblem(nameByPattern(naming, "name")) !== undefined) return;
  for (const [name, options] of publicRepositoriesOf(environment)) {
    // The schema reports an invalid name of its own.
    const advice =
      options.name === undefined ? publicNameProblem(publicRepositoryName(naming, name)) : undefined;
    if (advice !== undefined) context.problem(["ecr", "publicRepositories", name], name, advice);
  }
}
