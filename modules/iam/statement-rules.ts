import type { ValueProblem } from "../values/issues";
import { findKey } from "./condition-key";
import { type ConditionOperator, readOperator } from "./condition-operator";
import { conditionValueProblem } from "./condition-value";
import { principalProblem } from "./principal";
import type { ConditionPart, Located, StatementParts } from "./statement-parts";

/** What the rules need to know of the service whose resource the policy belongs to. */
export interface PolicyService {
  /** The advice on an action that a policy of the service cannot have, as "rule; remedy". */
  actionProblem(action: string): string | undefined;
  /** Condition keys of the service's own. */
  readonly keys: readonly string[];
}

/**
 * Problems with a statement that AWS would refuse, or in which a part could never have an effect.
 *
 * @param partition partition of the resource, e.g. `aws`; `undefined` if it is not known
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function statementProblems(
  statement: StatementParts,
  partition: string | undefined,
  service: PolicyService,
): ValueProblem[] {
  const { principals, actions, conditions } = statement;
  return [
    ...sidProblems(statement.sid),
    ...exclusionProblems(statement),
    ...principals.list.flatMap((principal) =>
      problemAt(
        { value: principal.identifier, path: principal.path },
        principalProblem(principal, partition),
      ),
    ),
    ...actions.list.flatMap((action) => problemAt(action, service.actionProblem(action.value))),
    ...conditions.flatMap((condition) => conditionProblems(condition, service.keys)),
    ...repeatedConditions(conditions),
  ];
}

function problemAt({ value, path }: Located, advice: string | undefined): ValueProblem[] {
  return advice === undefined ? [] : [{ path, found: value, advice }];
}

/**
 * IAM documents letters and digits. ECR takes more, for example spaces.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 * @see https://github.com/awsdocs/amazon-ecr-user-guide/pull/33
 */
function sidProblems(sid: Located | undefined): ValueProblem[] {
  if (sid === undefined || !/[\p{Cc}\p{Cf}\p{Cs}{}]/u.test(sid.value)) return [];
  return problemAt(sid, "a Sid cannot contain control characters or braces; use letters and digits");
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
function exclusionProblems({ effect, principals }: StatementParts): ValueProblem[] {
  if (!principals.negated) return [];
  const found = principals.list.map(({ identifier }) => identifier);
  if (effect === "Allow")
    return [
      {
        path: principals.path,
        found,
        advice:
          "AWS does not support NotPrincipal with Allow; name the principals that are allowed, or use Deny",
      },
    ];
  if (found.includes("*"))
    return [
      {
        path: principals.path,
        found,
        advice:
          "* excludes everyone, so the statement denies no one; name the principals that it does not deny",
      },
    ];
  return [];
}

function conditionProblems(
  { operator, key, values }: ConditionPart,
  ownKeys: readonly string[],
): ValueProblem[] {
  const read = readOperator(operator.value);
  const finding = findKey(key.value, ownKeys);
  const problems = problemAt(key, finding.kind === "wrong" ? finding.advice : undefined);
  if (typeof read === "string") return [...problemAt(operator, read), ...problems];
  const truths = new Set(values.map(({ value }) => value.toLowerCase()));
  if (read.family === "bool" && truths.has("true") && truths.has("false"))
    problems.push({
      path: key.path,
      found: values.map(({ value }) => value),
      advice: "this compares with both truth values, so every value matches; use one of them",
    });
  return [
    ...problems,
    ...values.flatMap((value) => problemAt(value, conditionValueProblem(read.family, value.value))),
  ];
}

/**
 * Comparisons of one key by one operator. In JSON the last one would count, and AWS refuses keys that differ only in
 * capitals.
 */
function repeatedConditions(conditions: readonly ConditionPart[]): ValueProblem[] {
  const seen = new Set<string>();
  return conditions.flatMap(({ operator, key }) => {
    const read: ConditionOperator | string = readOperator(operator.value);
    if (typeof read === "string") return [];
    const comparison = `${read.text} ${key.value.toLowerCase()}`;
    if (!seen.has(comparison)) {
      seen.add(comparison);
      return [];
    }
    return problemAt(
      key,
      "an earlier condition has this test and variable; combine the values in one condition",
    );
  });
}
