import { repositoryStatementProblems } from "../../modules/ecr/access/repository-statement";
import type { StatementParts } from "../../modules/iam/statement-parts";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRepository } from "../options/repository";
import { ownStatements } from "../plan/own-statements";
import { reachOf } from "../plan/statement-reach";

/** Statements of a repository policy that reach further than the callers they name, as violations of production rules. */
export function openStatements(
  { accountId }: UncheckedEnvironment,
  name: string,
  repository: UncheckedRepository,
) {
  return ownStatements(repository).flatMap((statement) =>
    reachOf(statement, accountId).map(({ rule, found, text, remedy }) => ({
      rule,
      repository: name,
      path: ["ecr", "repositories", name, ...statement.principals.path],
      found,
      isUnclear: !isReadable(statement),
      advice: `${text}, which production does not allow; ${remedy}`,
    })),
  );
}

/** Whether the statement says what was meant: of one with problems, nobody knows whom it would reach. */
function isReadable(statement: StatementParts): boolean {
  return (
    repositoryStatementProblems(statement, undefined).length === 0 &&
    statement.conditions.every(({ values }) => values.length > 0)
  );
}
