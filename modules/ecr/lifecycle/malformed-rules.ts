import { valueAt } from "../../values/value-at";
import { LifecycleRule } from "./lifecycle-rule";
import { type PolicyProblem, policyProblems, ruleProblems } from "./lifecycle-rules";

const { rulePriority, description, selection, action } = LifecycleRule.shape;
const selectionFields = selection.shape;
const actionFields = action.shape;

/** Values that an option of a rule might have, as far as {@link ruleProblems} tells them apart. */
const possibleValues: readonly (readonly [
  path: readonly [string] | readonly [string, string],
  schema: { safeParse(value: unknown): { success: boolean } },
  values: readonly unknown[],
])[] = [
  [["rulePriority"], rulePriority, [1]],
  [["description"], description, [undefined]],
  [["selection", "tagStatus"], selectionFields.tagStatus, ["tagged", "untagged", "any"]],
  [["selection", "tagPatternList"], selectionFields.tagPatternList, [undefined, ["tag"]]],
  [["selection", "tagPrefixList"], selectionFields.tagPrefixList, [undefined, ["tag"]]],
  [["selection", "storageClass"], selectionFields.storageClass, [undefined, "archive"]],
  [
    ["selection", "countType"],
    selectionFields.countType,
    ["imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"],
  ],
  [["selection", "countUnit"], selectionFields.countUnit, [undefined, "days"]],
  [["selection", "countNumber"], selectionFields.countNumber, [1, 1_000]],
  [["action", "type"], actionFields.type, ["expire", "transition"]],
  [["action", "targetStorageClass"], actionFields.targetStorageClass, [undefined, "archive"]],
];

/**
 * What ECR rejects in a list of rules of which some have the wrong shape, besides the shape. So a misspelled value hides no
 * other problem. A rule of the wrong shape has the problems that it has whatever is written instead of the values that are
 * wrong or missing.
 *
 * @param written the rules as they were written
 * @param wellFormed the same rules, with `undefined` in place of those whose shape is wrong
 * @param list see {@link policyProblems}
 */
export function problemsBesidesShape(
  written: readonly unknown[],
  wellFormed: readonly (LifecycleRule | undefined)[],
  list = "rules",
): PolicyProblem[] {
  const malformed = written.flatMap((rule, index) =>
    wellFormed[index] === undefined
      ? certainProblems(rule).map(({ path, advice }) => ({ path: [list, index, ...path], advice }))
      : [],
  );
  return [...policyProblems(wellFormed, list), ...malformed];
}

function certainProblems(rule: unknown): PolicyProblem[] {
  if (typeof rule !== "object" || rule === null) return [];
  const [first = [], ...others] = possibleRules(rule).map(ruleProblems);
  return first.filter((problem) =>
    others.every((problems) => problems.some((other) => isSame(other, problem))),
  );
}

function isSame(a: PolicyProblem, b: PolicyProblem): boolean {
  return a.advice === b.advice && a.path.join() === b.path.join();
}

/** The rule with each combination of possible values in place of those that are wrong or missing. */
function possibleRules(value: object): LifecycleRule[] {
  const choices = possibleValues.map(([path, schema, values]) => {
    const written = valueAt(value, path);
    return {
      path,
      values: schema.safeParse(written).success
        ? [written]
        : values.filter((one) => one !== undefined || !Array.isArray(written)),
    };
  });
  const combinations = choices.reduce<unknown[][]>(
    (chosen, { values }) => chosen.flatMap((earlier) => values.map((one) => [...earlier, one])),
    [[]],
  );
  return combinations.map((values) => {
    const rule = { selection: {}, action: {} } as Record<string, Record<string, unknown>>;
    choices.forEach(({ path: [key, inner] }, index) => {
      if (inner === undefined) rule[key] = values[index] as Record<string, unknown>;
      else (rule[key] as Record<string, unknown>)[inner] = values[index];
    });
    return rule as unknown as LifecycleRule;
  });
}
