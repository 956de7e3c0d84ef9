import { isEquivalent } from "./canonical";
import type { AttributePath } from "./terraform-plan";

/**
 * The paths of all values that differ, each as deep as possible. Nothing, `null` and a missing value are the same; so are
 * two JSON documents in another order.
 *
 * @param unknown the same shape with `true` where the new value is not known yet
 */
export function changedPaths(before: unknown, after: unknown, unknown?: unknown): AttributePath[] {
  const paths: AttributePath[] = [];
  collect(before, after, unknown, [], paths);
  return paths;
}

function collect(
  before: unknown,
  after: unknown,
  unknown: unknown,
  path: AttributePath,
  paths: AttributePath[],
): void {
  // Most values are the same text or number, and need neither a path nor a comparison.
  if (before === after && unknown === undefined) return;
  if (unknown === true) paths.push(path);
  else if (!isContainer(before) && !isContainer(after) && !isContainer(unknown)) {
    if (!isEquivalent(before ?? null, after ?? null)) paths.push(path);
  } else if (isLeaf(before) || isLeaf(after)) paths.push(path);
  else
    for (const key of keysOf(before, after, unknown)) {
      const [old, current, later] = [inner(before, key), inner(after, key), inner(unknown, key)];
      if (old !== current || later !== undefined) collect(old, current, later, [...path, key], paths);
    }
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

const inner = (value: unknown, key: string | number): unknown =>
  isContainer(value) ? (value as Record<string | number, unknown>)[key] : undefined;

/** A value that is there and has nothing in it. */
const isLeaf = (value: unknown): boolean => value !== null && value !== undefined && !isContainer(value);

/** Those of all values, in the order in which they come. Numbers if any of the values is a list. */
function keysOf(...values: readonly unknown[]): readonly (string | number)[] {
  let keys: string[] = [];
  for (const value of values) {
    if (!isContainer(value)) continue;
    const own = Object.keys(value);
    // Both sides of a change have nearly always the same keys.
    if (keys.length === 0) keys = own;
    else if (!own.every((key, index) => key === keys[index])) keys = [...new Set([...keys, ...own])];
  }
  return values.some(Array.isArray) ? keys.map(Number) : keys;
}
