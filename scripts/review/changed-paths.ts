import { isEquivalent } from "./canonical";
import type { AttributePath } from "./terraform-plan";

/**
 * The paths of all values that differ, each as deep as possible. Nothing, `null` and a missing value are the same; so are
 * two JSON documents in another order.
 *
 * @param unknown the same shape with `true` where the new value is not known yet
 */
export function changedPaths(
  before: unknown,
  after: unknown,
  unknown?: unknown,
  path: AttributePath = [],
): AttributePath[] {
  if (unknown === true) return [path];
  if (!isContainer(before) && !isContainer(after) && !isContainer(unknown))
    return isEquivalent(before ?? null, after ?? null) ? [] : [path];
  if (isLeaf(before) || isLeaf(after)) return [path];
  return keysOf(before, after, unknown).flatMap((key) => {
    const [old, current, later] = [inner(before, key), inner(after, key), inner(unknown, key)];
    // Most values are the same text or number, and need neither a path nor a comparison.
    return old === current && later === undefined ? [] : changedPaths(old, current, later, [...path, key]);
  });
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

const inner = (value: unknown, key: string | number): unknown =>
  isContainer(value) ? (value as Record<string | number, unknown>)[key] : undefined;

/** A value that is there and has nothing in it. */
const isLeaf = (value: unknown): boolean => value !== null && value !== undefined && !isContainer(value);

/** Those of all values, in the order in which they come. Numbers if any of the values is a list. */
function keysOf(...values: readonly unknown[]): readonly (string | number)[] {
  const containers = values.filter(isContainer);
  const lists = containers.map((container) => Object.keys(container));
  const [first = [], ...others] = lists;
  // Both sides of a change have nearly always the same keys.
  const areSame = others.every((keys) => keys.every((key, index) => key === first[index]));
  const keys = areSame ? first : [...new Set(lists.flat())];
  return containers.some(Array.isArray) ? keys.map(Number) : keys;
}
