/** A step of what somebody has to do in a shell. */
export interface ShellStep {
  /** What it does, as a comment. */
  readonly title: string;
  readonly commands: readonly string[];
}

/** The steps as a script that a shell runs: titles are comments. */
export const asScript = (steps: readonly ShellStep[]): string =>
  `${steps.map(({ title, commands }) => [`# ${title}`, ...commands].join("\n")).join("\n\n")}\n`;

/** A word that a POSIX shell reads as this text. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Format of a tag. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export const isTag = (text: string): boolean => /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text);
