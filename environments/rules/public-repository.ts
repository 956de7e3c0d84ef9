import { publicNameProblem, supportsPublicRepositories } from "../../modules/ecr/public/public-repository";
import { repositoryName } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { environmentIdOf, publicRepositoriesOf } from "./sections";

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
  const identity = environmentIdOf(environment);
  // The schema reports an invalid project or environment name. It is not reported again for each repository.
  if (identity === undefined || publicNameProblem(repositoryName(identity, "x")) !== undefined) return;
  for (const name of names) {
    const advice = publicNameProblem(repositoryName(identity, name));
    if (advice !== undefined) context.problem(["ecr", "publicRepositories", name], name, advice);
  }
}
