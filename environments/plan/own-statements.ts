import { type PastedPolicy, readPastedPolicy } from "../../modules/ecr/access/pasted-policy";
import { readStatementOptions } from "../../modules/ecr/access/statement-options";
import type { StatementParts } from "../../modules/iam/statement-parts";
import type { UncheckedRepository } from "../options/repository";
import { itemsIn } from "../schema/unchecked";

/** The options that hold statements of a repository policy. */
export type StatementOptions = Pick<UncheckedRepository, "repositoryPolicyStatements" | "repositoryPolicy">;

/** The statements that a file writes for a repository policy, at their paths in the options of the repository. */
export function ownStatements(options: StatementOptions): StatementParts[] {
  return [...listedStatements(options), ...pastedPolicy(options).statements];
}

/** Statements of `repositoryPolicyStatements`. */
function listedStatements({ repositoryPolicyStatements }: StatementOptions): StatementParts[] {
  return itemsIn(repositoryPolicyStatements).map(([statement, index]) =>
    readStatementOptions(statement, ["repositoryPolicyStatements", index]),
  );
}

/** Statements of `repositoryPolicy`, and the problems of its shape. */
export function pastedPolicy({ repositoryPolicy }: StatementOptions): PastedPolicy {
  // The schema reports what is no policy at all.
  if (
    typeof repositoryPolicy !== "string" &&
    (typeof repositoryPolicy !== "object" || repositoryPolicy === null)
  )
    return { statements: [], problems: [], head: {} };
  return readPastedPolicy(repositoryPolicy, ["repositoryPolicy"]);
}
