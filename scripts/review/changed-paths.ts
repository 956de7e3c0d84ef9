import { valueAt } from "../../modules/values/value-at";
import { canonical } from "./canonical";
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
    return canonical(before ?? null) === canonical(after ?? null) ? [] : [path];
  if (isLeaf(before) || isLeaf(after)) return [path];
  return keysOf(before, after, unknown).flatMap((key) =>
    changedPaths(valueAt(before, [key]), valueAt(after, [key]), valueAt(unknown, [key]), [...path, key]),
  );
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A value that is there and has nothing in it. */
const isLeaf = (value: unknown): boolean => value !== null && value !== undefined && !isContainer(value);

function keysOf(...values: unknown[]): (string | number)[] {
  const containers = values.filter(isContainer);
  const keys = new Set(containers.flatMap((value) => Object.keys(value)));
  return containers.some(Array.isArray) ? [...keys].map(Number) : [...keys];
}
