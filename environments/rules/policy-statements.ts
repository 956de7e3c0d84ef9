import { repositoryStatementProblems } from "../../modules/ecr/access/repository-statement";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRepository } from "../options/repository";
import { ownStatements, pastedPolicy } from "../plan/own-statements";
import type { RuleContext } from "../schema/rule";
import { itemsIn } from "../schema/unchecked";

/** Rules for the statements that a file writes for a repository policy, wherever it writes them. */
export function statementRules(
  { region }: UncheckedEnvironment,
  repository: UncheckedRepository,
  { problem }: RuleContext,
): void {
  const partition = typeof region === "string" ? partitionOf(region) : undefined;
  for (const { path, found, advice } of pastedPolicy(repository).problems) problem(path, found, advice);
  exclusivePairs(repository, problem);
  for (const statement of ownStatements(repository))
    for (const { path, found, advice } of repositoryStatementProblems(statement, partition))
      if (!isReportedBlank(path, found)) problem(path, found, advice);
}

/** The schema reports a blank text in a listed statement, except where IAM takes one: as a condition value. */
function isReportedBlank([option, ...path]: readonly PropertyKey[], found: unknown): boolean {
  return (
    option === "repositoryPolicyStatements" &&
    !path.includes("values") &&
    typeof found === "string" &&
    found.trim() === ""
  );
}

const pairs = [
  ["actions", "notActions", "an action"],
  ["principals", "notPrincipals", "a principal"],
] as const;

/** Options of which a statement has exactly one. */
function exclusivePairs(
  { repositoryPolicyStatements }: UncheckedRepository,
  problem: RuleContext["problem"],
): void {
  for (const [statement, index] of itemsIn(repositoryPolicyStatements)) {
    if (typeof statement !== "object" || statement === null) continue;
    const given: Readonly<Record<string, unknown>> = { ...statement };
    for (const [plain, negation, what] of pairs) {
      const path = ["repositoryPolicyStatements", index];
      if (given[plain] !== undefined && given[negation] !== undefined)
        problem(
          [...path, negation],
          given[negation],
          `${plain} is also set, and IAM allows one of the two; remove one`,
        );
      if (given[plain] === undefined && given[negation] === undefined)
        problem([...path, plain], undefined, `a statement needs ${what}; add ${plain}`);
    }
  }
}
