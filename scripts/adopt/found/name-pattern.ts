/** How the full names of repositories follow from their short names. */
export interface NamePattern {
  /** Of an environment, e.g. `{project}/{environment}/{name}`. */
  readonly pattern: string;
  /** What comes before the short name, e.g. `shop/dev/`. */
  readonly prefix: string;
}

/** The names that this project gives if nobody says otherwise. */
export const defaultPattern = "{project}-{environment}-{name}";

const patterns = [
  defaultPattern,
  "{project}/{environment}/{name}",
  "{environment}/{project}/{name}",
  "{environment}-{project}-{name}",
  "{project}/{name}",
  "{project}-{name}",
  "{environment}/{name}",
  "{environment}-{name}",
];

/**
 * The pattern that all names follow. If there is none, that of the project, and the names that do not follow it are written
 * out.
 */
export function patternOf(
  names: readonly string[],
  { project, environment }: { readonly project: string; readonly environment: string },
): NamePattern {
  const filled = patterns.map((pattern) => ({
    pattern,
    prefix: pattern.replace("{project}", project).replace("{environment}", environment).replace("{name}", ""),
  }));
  const follows = ({ prefix }: NamePattern) =>
    names.every((name) => name.startsWith(prefix) && name.length > prefix.length);
  const [ours = { pattern: defaultPattern, prefix: "" }] = filled;
  return names.length === 0 ? ours : (filled.find(follows) ?? ours);
}

/** The short name of a repository, and its full name if it does not follow from that. */
export function shortNameOf(name: string, { prefix }: NamePattern): { short: string; name?: string } {
  return name.startsWith(prefix) && name.length > prefix.length
    ? { short: name.slice(prefix.length) }
    : { short: name, name };
}
