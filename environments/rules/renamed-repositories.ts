import type { UncheckedEnvironment } from "../options/environment";
import { nameByPattern, type RepositoryNaming } from "../plan/repository-names";
import { shardNumber } from "../plan/shards";
import type { RuleContext } from "../schema/rule";
import { namingOf, publicRepositoriesOf, repositoriesOf } from "./sections";

/** Rules for repositories with a new short name (`renamedFrom`), private and public. */
export function renamedRepositoryRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const naming = namingOf(environment);
  const sections = {
    repositories: repositoriesOf(environment),
    publicRepositories: publicRepositoriesOf(environment),
  };
  for (const [section, repositories] of Object.entries(sections)) {
    const names = repositories.map(([name]) => name);
    const earlier = new Map<string, string>();
    for (const [name, { renamedFrom: former, name: fullName }] of repositories) {
      if (typeof former !== "string" || former.trim() === "") continue;
      const at = context.at("ecr", section, name);
      const advice = formerNameAdvice(former, { name, names, first: earlier.get(former) });
      if (advice !== undefined) at.problem(["renamedFrom"], former, advice);
      else if (naming !== undefined && fullName === undefined)
        at.problem(["renamedFrom"], former, fullNameAdvice(naming, name, former));
      earlier.set(former, earlier.get(former) ?? name);
    }
  }
  shards(environment, context);
}

/** Why there is nothing to move from a short name; `undefined` if there may be. */
function formerNameAdvice(
  former: string,
  {
    name,
    names,
    first,
  }: { readonly name: string; readonly names: readonly string[]; readonly first: string | undefined },
): string | undefined {
  if (former === name) return "this is its short name now; use the one that it had, or remove the option";
  if (names.includes(former))
    return `the file has a repository "${former}", so nothing was renamed from it; use the short name that this repository had`;
  return first === undefined
    ? undefined
    : `"${first}" was renamed from it, and only one repository can be; use the short name that this repository had`;
}

/**
 * ECR has no call that renames a repository: Terraform would delete it with its images, and create another.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository#name-1
 */
function fullNameAdvice(naming: RepositoryNaming, name: string, former: string): string {
  const [before, now] = [nameByPattern(naming, former), nameByPattern(naming, name)];
  return `ECR cannot rename a repository, and its full name would change from ${before} to ${now}; keep it: add name: "${before}"`;
}

/** The stack of a repository follows from its short name, and a moved block does not reach the state of another stack. */
function shards(environment: UncheckedEnvironment, context: RuleContext): void {
  const count = environment.ecr?.stateShards;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 2 || count > 1000) return;
  for (const [name, { renamedFrom: former }] of repositoriesOf(environment)) {
    if (typeof former !== "string") continue;
    const [before, now] = [shardNumber(former, count), shardNumber(name, count)];
    if (before !== now)
      context.problem(
        ["ecr", "repositories", name, "renamedFrom"],
        former,
        `with stateShards: ${count}, ${former} is in stack ${before} and ${name} in stack ${now}, and Terraform moves nothing between states; use a short name that stays in stack ${before}, or keep ${former}`,
      );
  }
}
