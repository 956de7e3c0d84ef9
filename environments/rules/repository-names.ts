import { repositoryNameProblem } from "../../modules/ecr/repository/repository-name";
import type { UncheckedEnvironment } from "../options/environment";
import { defaultRepositoryPattern } from "../options/naming";
import {
  nameByPattern,
  publicRepositoryName,
  type RegistryNaming,
  repositoryName,
} from "../plan/repository-names";
import type { RuleContext } from "../schema/rule";
import { namingOf } from "./sections";

/** Rules for the names of all repositories of an environment together. */
export function repositoryNameRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const naming = namingOf(environment);
  if (naming === undefined) return;
  pattern(naming, context);
  repeatedNames(naming, "repositories", repositoryName, context);
  repeatedNames(naming, "publicRepositories", publicRepositoryName, context);
}

/** A pattern of which no short name makes a name. With the default, the project or the environment is wrong. */
function pattern(naming: RegistryNaming, { problem }: RuleContext): void {
  const { repository } = naming.naming;
  const advice = repositoryNameProblem(nameByPattern(naming, "name"));
  if (advice !== undefined && repository !== defaultRepositoryPattern)
    problem(["naming", "repository"], repository, advice.replace("rename it", "change the pattern"));
}

function repeatedNames(
  naming: RegistryNaming,
  section: "repositories" | "publicRepositories",
  nameOf: typeof repositoryName,
  { problem }: RuleContext,
): void {
  const earlier = new Map<string, string>();
  for (const [shortName, { name: given }] of Object.entries(naming.ecr[section])) {
    const name = nameOf(naming, shortName);
    const first = earlier.get(name);
    if (first === undefined) earlier.set(name, shortName);
    else
      problem(
        ["ecr", section, shortName, ...(given === undefined ? [] : ["name"])],
        name,
        `"${first}" has the same name; choose another one`,
      );
  }
}
