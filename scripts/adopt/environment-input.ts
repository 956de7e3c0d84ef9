import type { EnvironmentInput } from "../../environments/options/environment";

/** `ecr` of an environment file. */
export type EcrInput = NonNullable<EnvironmentInput["ecr"]>;

/** One entry of `ecr.repositories`. */
export type RepositoryInput = NonNullable<EcrInput["repositories"]>[string];

/** What identifies an environment, as far as what is adopted says it. */
export interface FoundIdentity {
  readonly project?: string | undefined;
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  /** Name of the environment. */
  readonly name?: string | undefined;
}

/** What was found, in the words of an environment file. */
export interface Adopted {
  readonly identity: FoundIdentity;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** How the names of repositories are made. @default - as this project does */
  readonly naming?: { readonly repository: string } | undefined;
  readonly ecr: EcrInput;
  /** Prefixes of the caches in `ecr`. @default - none */
  readonly cachePrefixes?: ReadonlySet<string>;
}

/** An object without the properties that are `undefined`. */
export function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
