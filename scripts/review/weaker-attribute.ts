import { valueAt } from "../../modules/values/value-at";
import { type AttributePath, attributeChange, isUnknown, type ResourceChange } from "./terraform-plan";
import type { WeakeningRule } from "./weakening";

/** A rule on one attribute of a resource that exists before and after, if its new value is known. */
function attributeRule(
  path: AttributePath,
  meaning: string,
  isWeaker: (before: unknown, after: unknown) => boolean,
): WeakeningRule {
  return (change) => {
    if (!changesInPlace(change) || isUnknown(change, path)) return [];
    const { before, after } = change.change;
    if (!isWeaker(valueAt(before, path), valueAt(after, path))) return [];
    return [`${attributeChange(change, path)}; ${meaning}`];
  };
}

/** Whether the resource, or the one that replaces it, exists before and after. */
export const changesInPlace = ({ change: { before, after } }: ResourceChange): boolean =>
  before !== null && before !== undefined && after !== null && after !== undefined;

/**
 * A protection that is turned off: `true` before, and anything else after.
 *
 * @param unset what AWS takes for no value
 */
export const turnedOff = (path: AttributePath, meaning: string, unset = false): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => (before ?? unset) === true && (after ?? unset) !== true);

/** A risk that is turned on. */
export const turnedOn = (path: AttributePath, meaning: string): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => before !== true && after === true);

/**
 * A number that becomes smaller.
 *
 * @param settings.unset what AWS takes for no value
 * @param settings.unlimited the value that means for ever
 */
export function lowered(
  path: AttributePath,
  meaning: string,
  { unset, unlimited }: { readonly unset?: number; readonly unlimited?: number } = {},
): WeakeningRule {
  const number = (value: unknown) => {
    const given = value ?? unset;
    return given === unlimited && unlimited !== undefined ? Number.POSITIVE_INFINITY : Number(given);
  };
  return attributeRule(path, meaning, (before, after) => number(after) < number(before));
}

/** A number that becomes larger. @param unset what AWS takes for no value */
export const raised = (path: AttributePath, meaning: string, unset: number): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => Number(after ?? unset) > Number(before ?? unset));

/** A value that something gets, and had not. */
export const becomes = (path: AttributePath, value: unknown, meaning: string): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => before !== value && after === value);

/** A value that comes first, or that replaces another one. */
export const another = (path: AttributePath, meaning: string): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => isSet(after) && before !== after);

/** A value that is taken away, e.g. a key. */
export const removed = (path: AttributePath, meaning: string): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => isSet(before) && !isSet(after));

/** A value that another one replaces. */
export const changed = (path: AttributePath, meaning: string): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => isSet(before) && isSet(after) && before !== after);

const isSet = (value: unknown): boolean => value !== null && value !== undefined && value !== "";

/**
 * A choice that comes later in a list from strong to weak. Values that are not in the list are not compared.
 *
 * @param unset what AWS takes for no value
 */
export function weaker(
  path: AttributePath,
  strongestFirst: readonly string[],
  meaning: string,
  unset?: string,
): WeakeningRule {
  const rank = (value: unknown) => strongestFirst.indexOf(String(value ?? unset));
  return attributeRule(path, meaning, (before, after) => rank(before) >= 0 && rank(after) > rank(before));
}

/** Entries that a list gets. */
export const gained = (path: AttributePath, meaning: string): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => missing(after, before).length > 0);

/** Entries that a list loses. */
export const lost = (path: AttributePath, meaning: string): WeakeningRule =>
  attributeRule(path, meaning, (before, after) => missing(before, after).length > 0);

function missing(from: unknown, among: unknown): string[] {
  const found = new Set(entries(among));
  return entries(from).filter((entry) => !found.has(entry));
}

const entries = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)) : [];
