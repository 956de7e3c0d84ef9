/** What the help of a command says below its options. */
export interface CommandHelp {
  /** What a user has to know, in lines of at most 120 characters. */
  readonly notes?: string;
  /** What each exit code means, e.g. `{ 0: "the image passes" }`. */
  readonly exitCodes: Readonly<Record<number, string>>;
  /** Arguments of examples, without the name of the command, e.g. `--env dev --json`. */
  readonly examples: readonly string[];
  /** Whether other programs read its output, in which `npm` must not write. @default - with `--json` only */
  readonly silent?: boolean;
}

/**
 * The end of a help, with its exit codes and examples.
 *
 * @param command after `npm run`, e.g. `review`, or `ecr -- registry explain`
 */
export function commandHelp(
  command: string,
  { notes, exitCodes, examples, silent = false }: CommandHelp,
): string {
  const codes = Object.entries(exitCodes).map(([code, meaning]) => `${code} ${meaning}`);
  const line = (example: string) => {
    const quiet = silent || example.includes("--json") ? "--silent " : "";
    const separator = command.includes(" -- ") || example === "" ? "" : " --";
    return `  npm run ${quiet}${command}${separator} ${example}`.trimEnd();
  };
  return `
${notes === undefined ? "" : `${notes.trim()}\n\n`}${wrapped(`Exit codes: ${codes.join(", ")}.`)}

${examples.length === 1 ? "Example" : "Examples"}:
${examples.map(line).join("\n")}`;
}

/** Text in lines of at most 120 characters. */
const wrapped = (text: string): string => text.replace(/(?=.{121})(.{1,120})\s/g, "$1\n");
