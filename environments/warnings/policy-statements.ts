import { statementNotices } from "../../modules/ecr/access/statement-notices";
import type { Environment } from "../plan/environment";
import { ownStatements } from "../plan/own-statements";
import { reachOf } from "../plan/statement-reach";
import type { Warning } from "./warning";

/** Warnings about the statements that a file writes for its repository policies. */
export function statementWarnings({ tier, accountId, ecr }: Environment): Warning[] {
  return Object.entries(ecr.repositories).flatMap(([repository, options]) => {
    const at = ["ecr", "repositories", repository];
    return ownStatements(options).flatMap((statement): Warning[] => [
      // Production refuses what these warn of, or has an exception with a reason.
      ...(tier === "production" ? [] : reachOf(statement, accountId)).map(({ warning, text, remedy }) => ({
        warning,
        repository,
        path: [...at, ...statement.principals.path],
        text: `${text.replace(/^t/, "T")}; ${remedy}.`,
      })),
      ...statementNotices(statement).map(({ kind, path, text }) => ({
        warning: kind,
        repository,
        path: [...at, ...path],
        text,
      })),
    ]);
  });
}
