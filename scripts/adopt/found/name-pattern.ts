import { defaultRepositoryPattern } from "../../../environments/options/naming";

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
