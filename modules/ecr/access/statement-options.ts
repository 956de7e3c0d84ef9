import { type PrincipalType, principalTypes } from "../../iam/principal";
import type { ConditionPart, Located, Path, StatementParts } from "../../iam/statement-parts";

/**
 * Read a statement with the camelCase keys of Terraform's `aws_iam_policy_document`. What has the wrong type is left out:
 * the schema of the options reports it.
 *
 * @param path path of the statement, for problems
 */
export function readStatementOptions(statement: unknown, path: Path = []): StatementParts {
  const given = objectIn(statement);
  const negated = (plain: string, negation: string): boolean =>
    given[plain] === undefined && given[negation] !== undefined;
  const [notActions, notPrincipals] = [
    negated("actions", "notActions"),
    negated("principals", "notPrincipals"),
  ];
  const actionsAt = notActions ? "notActions" : "actions";
  const principalsAt = notPrincipals ? "notPrincipals" : "principals";
  const sid = given["sid"];
  return {
    path,
    sid: typeof sid === "string" ? { value: sid, path: [...path, "sid"] } : undefined,
    effect: given["effect"] === "Deny" ? "Deny" : "Allow",
    principals: {
      path: [...path, principalsAt],
      negated: notPrincipals,
      list: principalsIn(given[principalsAt], [...path, principalsAt]),
    },
    actions: {
      path: [...path, actionsAt],
      negated: notActions,
      list: textsIn(given[actionsAt], [...path, actionsAt]),
    },
    conditions: conditionsIn(given["conditions"], [...path, "conditions"]),
  };
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textsIn(list: unknown, path: Path): Located[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    typeof value === "string" ? [{ value, path: [...path, index] }] : [],
  );
}

function principalsIn(list: unknown, path: Path): StatementParts["principals"]["list"][number][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((principal: unknown, index) => {
    const { type, identifiers } = objectIn(principal);
    if (!principalTypes.some((known) => known === type)) return [];
    return textsIn(identifiers, [...path, index, "identifiers"]).map(({ value, path: at }) => ({
      type: type as PrincipalType,
      identifier: value,
      path: at,
    }));
  });
}

function conditionsIn(list: unknown, path: Path): ConditionPart[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((condition: unknown, index) => {
    const { test, variable, values } = objectIn(condition);
    if (typeof test !== "string" || typeof variable !== "string") return [];
    const at = [...path, index];
    return [
      {
        operator: { value: test, path: [...at, "test"] },
        key: { value: variable, path: [...at, "variable"] },
        values: textsIn(values, [...at, "values"]),
      },
    ];
  });
}
