/** A value of a file as it was written, before its shape is known. */
export interface RawValue {
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
}

/** A value and all that it holds, at whatever depth. An object that holds itself is not entered again. */
export function rawValuesIn(
  value: unknown,
  path: readonly PropertyKey[] = [],
  holders: readonly object[] = [],
): RawValue[] {
  const here = { path, value };
  if (typeof value !== "object" || value === null || holders.includes(value)) return [here];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    rawValuesIn(child, [...path, Array.isArray(value) ? Number(key) : key], [...holders, value]),
  );
  return [here, ...inner];
}
