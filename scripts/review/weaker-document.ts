import { valueAt } from "../../modules/values/value-at";
import { grantChange } from "./grant-statements";
import { indexOf } from "./plan-index";
import { type AccessLine, accessBetween, accessChange } from "./policy-access";
import { subjectArguments } from "./policy-subject";
import {
  type AttributePath,
  attributeChange,
  isUnknown,
  type ResourceChange,
  type TerraformPlan,
} from "./terraform-plan";
import type { WeakeningRule, Weakness } from "./weakening";
import { changesInPlace } from "./weaker-attribute";
import { weakerLifecycle } from "./weaker-lifecycle";

/** A lifecycle policy that may remove images that are kept now, also the first one of a repository that exists. */
export function lifecycleRule(path: AttributePath): WeakeningRule {
  return (change, { plan }) => {
    const { before, after } = change.change;
    if (after === null || isUnknown(change, path)) return [];
    const repository = valueAt(after, ["repository"]);
    const isNew = indexOf(plan).createdRepositories.has(repository);
    if (isNew || (before === null && repository === undefined)) return [];
    return compared(change, path, () =>
      weakerLifecycle(textAt(before, path), textAt(after, path) ?? '{"rules":[]}'),
    );
  };
}

/** A resource policy that no longer lets in those who were; also one that is known only after apply. */
export function lossRule(path: AttributePath): WeakeningRule {
  return (change, { plan, accountId }) => {
    if (isUnknown(change, path)) return changesInPlace(change) ? [`${attributeChange(change, path)}`] : [];
    if (subjectGoes(change, plan)) return [];
    return compared(change, path, () => weaknesses(changedAccess(change, path, accountId).lost));
  };
}

/** A resource policy that no longer denies what it denied. What cannot be read, {@link lossRule} shows. */
export function deniedLess(path: AttributePath): WeakeningRule {
  return (change, { plan, accountId }) => {
    if (isUnknown(change, path) || subjectGoes(change, plan)) return [];
    try {
      return changedAccess(change, path, accountId).undenied;
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  };
}

/** A resource policy that lets others in. */
export function gainRule(path: AttributePath): WeakeningRule {
  return (change, { accountId }) => {
    if (isUnknown(change, path)) return [];
    return compared(change, path, () => weaknesses(changedAccess(change, path, accountId).gained));
  };
}

/** A permission without a policy in JSON that lets others in. */
export const grantRule: WeakeningRule = (change, { accountId }) => {
  const granted = grantChange(change);
  if (granted === undefined || typeof granted === "string") return [];
  return weaknesses(accessBetween(granted.before, granted.after, accountId).gained);
};

const weaknesses = (lines: readonly AccessLine[]): Weakness[] =>
  lines.map(({ text, access }) => ({ text, access }));

const changedAccess = ({ change }: ResourceChange, path: AttributePath, accountId: string) =>
  accessChange(textAt(change.before, path), textAt(change.after, path), accountId);

/** Whether the plan also destroys what a policy belongs to, or the policy is a part of what it destroys. */
export function subjectGoes(
  { type, change: { before, after } }: ResourceChange,
  plan: TerraformPlan,
): boolean {
  if (after === null && !/_policy$/.test(type)) return true;
  const identifiers = subjectArguments.map((name) => valueAt(before, [name]));
  const subjects = indexOf(plan).destroyed.get(type.replace(/_policy$/, ""));
  return subjects !== undefined && identifiers.some((value) => subjects.has(value));
}

/** What a comparison finds. A document that cannot be read is shown as it changes. */
function compared(
  change: ResourceChange,
  path: AttributePath,
  compare: () => readonly Weakness[],
): readonly Weakness[] {
  try {
    return compare();
  } catch (error) {
    if (error instanceof SyntaxError) return [attributeChange(change, path)];
    throw error;
  }
}

function textAt(value: unknown, path: AttributePath): string | undefined {
  const text = valueAt(value, path);
  return typeof text === "string" && text !== "" ? text : undefined;
}
