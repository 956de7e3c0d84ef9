/** The short name that each renamed repository had, by its short name now. */
export function formerNames(
  repositories: Readonly<Record<string, { readonly renamedFrom?: string | undefined }>>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(repositories).flatMap(([name, { renamedFrom }]) =>
      renamedFrom === undefined ? [] : [[name, renamedFrom] as const],
    ),
  );
}
