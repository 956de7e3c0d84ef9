import { defaultRepositoryPattern } from "../../../environments/options/naming";
import { isReservedName } from "../../../environments/schema/fields";

/** How the full names of repositories follow from their short names. */
export interface NamePattern {
  /** Of an environment, e.g. `{project}/{environment}/{name}`. */
  readonly pattern: string;
  /** What comes before the short name, e.g. `shop/dev/`. */
  readonly prefix: string;
}

const patterns = [
  defaultRepositoryPattern,
  "{project}/{environment}/{name}",
  "{environment}/{project}/{name}",
  "{environment}-{project}-{name}",
  "{project}/{name}",
  "{project}-{name}",
  "{environment}/{name}",
  "{environment}-{name}",
];

/** Project and name of an environment. */
interface Identity {
  readonly project: string;
  readonly environment: string;
}

/** A pattern for an environment. Names have nothing behind the short name, unless the pattern ends with more. */
export const filledPattern = (pattern: string, { project, environment }: Identity): NamePattern => ({
  pattern,
  prefix: pattern
    .replaceAll("{project}", project)
    .replaceAll("{environment}", environment)
    .replace("{name}", ""),
});

/** Whether a repository belongs to a pull-through cache, whose repositories ECR creates under its prefix. */
export const isUnder = (name: string, prefixes: Iterable<string>): boolean =>
  [...prefixes].some((prefix) => name.startsWith(`${prefix}/`));

const follows = (name: string, { pattern, prefix }: NamePattern): boolean =>
  pattern.endsWith("{name}") && name.startsWith(prefix) && name.length > prefix.length;

/**
 * The pattern that all names follow. If there is none, that of the project, and the names that do not follow it are written
 * out.
 */
export function patternOf(names: readonly string[], identity: Identity): NamePattern {
  const filled = patterns.map((pattern) => filledPattern(pattern, identity));
  const fitting = filled.find((pattern) => names.every((name) => follows(name, pattern)));
  return fitting ?? filledPattern(defaultRepositoryPattern, identity);
}

/**
 * The short name of a repository, and its full name if that does not follow from it.
 *
 * @param known the short name that the environment has for it. @default - none
 */
export function shortNameOf(
  name: string,
  pattern: NamePattern,
  known?: string,
): { short: string; name?: string } {
  const { prefix } = pattern;
  if (follows(name, pattern) && (known ?? name.slice(prefix.length)) === name.slice(prefix.length))
    return { short: name.slice(prefix.length) };
  return { short: known ?? name, name };
}

/**
 * The short names of repositories, each another one: a full name can be what remains of another one without its prefix.
 *
 * @param known the short names that the environment has, by full name
 */
export function shortNamesOf(
  names: readonly string[],
  pattern: NamePattern,
  known: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, { readonly short: string; readonly name?: string }> {
  const found = new Map(
    names.map((full) => {
      const one = shortNameOf(full, pattern, known.get(full));
      return [full, isReservedName(one.short) ? { ...one, name: full } : one];
    }),
  );
  // A name that is written out can have any short name; the others cannot.
  const taken = new Set([...known.values()]);
  for (const [full, { short, name }] of found) if (name === undefined && !known.has(full)) taken.add(short);
  for (const [full, { short, name }] of found) {
    if (name === undefined || known.has(full)) continue;
    const free = freeName(short, taken);
    taken.add(free);
    found.set(full, { short: free, name });
  }
  return found;
}

/** The name, or the name with the first number that makes it free. JavaScript reserves some names. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const isFree = (one: string) => !taken.has(one) && !isReservedName(one);
  if (isFree(name)) return name;
  for (let number = 2; ; number += 1) if (isFree(`${name}-${number}`)) return `${name}-${number}`;
}
