import { readOperator } from "./condition-operator";
import { objectAt, type Report, textsAt } from "./json-parts";
import type { ConditionPart, Located, Path } from "./statement-parts";

/** The comparisons of a `Condition` element; none without it. */
export function conditionsAt(value: unknown, path: Path, report: Report): ConditionPart[] {
  if (value === undefined) return [];
  const example = '{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }';
  return Object.entries(objectAt(value, path, example, report)).flatMap(([operator, keys]) => {
    const at = [...path, operator];
    const byKey = Object.entries(objectAt(keys, at, '{ "aws:PrincipalOrgID": "o-a1b2c3d4e5" }', report));
    const read = readOperator(operator);
    // IAM accepts an operator without keys, which no rule on a comparison sees.
    if (byKey.length === 0 && typeof read === "string") report(at, keys, read);
    return byKey.map(([key, values]) => ({
      operator: { value: operator, path: at },
      key: { value: key, path: [...at, key] },
      values: conditionValuesAt(values, [...at, key], report),
    }));
  });
}

/** Values may also be numbers and truth values. */
function conditionValuesAt(values: unknown, path: Path, report: Report): Located[] {
  const quoted = (value: unknown) =>
    typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  return textsAt(Array.isArray(values) ? values.map(quoted) : quoted(values), path, report, "");
}
