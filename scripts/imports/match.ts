/** A resource that a stack declares, as far as it can be compared with those in AWS. */
export interface WantedResource {
  readonly address: string;
  /** The arguments that tell it from others of its type; `undefined` if the stack does not set one. */
  readonly arguments: Readonly<Record<string, string | undefined>>;
  /** Whether all of these arguments are known: a value from another stack is not. */
  readonly isComplete: boolean;
  /** Tags that Terraform sets on it; none if its arguments are unique in an account and Region, e.g. a secret's name. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A resource in AWS. */
export interface ExistingResource {
  /** Its import ID. */
  readonly id: string;
  readonly arguments: Readonly<Record<string, string | undefined>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Its `arn`, if that is not its import ID. */
  readonly arn?: string;
}

/** Which resource in AWS a stack declares, or which ones it may be. */
export type Match = { readonly found: ExistingResource } | { readonly candidates: readonly string[] };

/**
 * Find declared resources of one type among those in AWS. A declared resource is found only if exactly one resource in AWS
 * has its arguments and all its tags, and no other declared resource fits that one.
 *
 * @param taken import IDs of resources in the state
 * @returns a match for each address
 */
export function match(
  wanted: readonly WantedResource[],
  existing: readonly ExistingResource[],
  taken: ReadonlySet<string>,
): Map<string, Match> {
  const free = [...new Map(existing.map((resource) => [resource.id, resource])).values()].filter(
    ({ id }) => !taken.has(id),
  );
  const fitting = wanted.map((resource) => free.filter((candidate) => fits(candidate, resource)));
  const claims = new Map<string, number>();
  for (const { id } of fitting.flat()) claims.set(id, (claims.get(id) ?? 0) + 1);
  return new Map(
    wanted.map(({ address, isComplete }, index): [string, Match] => {
      const candidates = fitting[index] ?? [];
      const [found, ...others] = candidates;
      const isOnly = found !== undefined && others.length === 0 && claims.get(found.id) === 1;
      return [address, isComplete && isOnly ? { found } : { candidates: candidates.map(({ id }) => id) }];
    }),
  );
}

function fits(candidate: ExistingResource, wanted: WantedResource): boolean {
  return (
    Object.entries(wanted.arguments).every(([name, value]) => candidate.arguments[name] === value) &&
    Object.entries(wanted.tags).every(([key, value]) => candidate.tags[key] === value)
  );
}
