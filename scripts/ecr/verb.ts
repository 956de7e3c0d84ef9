import { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { listedProject } from "../environment-files/listed-project";
import { environmentNamed } from "../runner/selection";

/** Receives the exit code of a command, if it is not 0. */
export type SetExitCode = (exitCode: number) => void;

/** The options that every verb has. */
export interface VerbOptions {
  readonly env: string;
  readonly json?: boolean;
}

/** What the help of a verb says below its options. */
export interface VerbHelp {
  /** What a user has to know, in lines of at most 120 characters. */
  readonly notes?: string;
  /** What each exit code means, e.g. `{ 0: "the image passes" }`. */
  readonly exitCodes: Readonly<Record<number, string>>;
  /** Arguments of examples, without the name of the verb, e.g. `--env dev --json`. */
  readonly examples: readonly string[];
  /** Whether other programs read its output, in which `npm` must not write. @default - with `--json` only */
  readonly silent?: boolean;
}

/**
 * A verb of `npm run ecr`, with `--env`, `--json`, and a help that ends with its exit codes and examples.
 *
 * @param name e.g. `scan-findings`
 * @param description one sentence
 * @param group the command that it belongs to, e.g. `lifecycle`
 */
export function verb(name: string, description: string, help: VerbHelp, group?: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption("--env <name>", "environment, e.g. prod")
    .option("--json", "print JSON")
    .addHelpText("after", helpText(group === undefined ? name : `${group} ${name}`, help));
}

/** The end of a help. @param name of the command after `npm run ecr --`, e.g. `registry explain` */
export function helpText(name: string, { notes, exitCodes, examples, silent = false }: VerbHelp): string {
  const codes = Object.entries(exitCodes).map(([code, meaning]) => `${code} ${meaning}`);
  const command = (example: string) =>
    `  npm run ${silent || example.includes("--json") ? "--silent " : ""}ecr -- ${name} ${example}`;
  return `
${notes === undefined ? "" : `${notes.trim()}\n\n`}Exit codes: ${codes.join(", ")}.

${examples.length === 1 ? "Example" : "Examples"}:
${examples.map(command).join("\n")}`;
}

/** The environment that a verb is about. @throws CommandError when there is none of that name */
export const chosenEnvironment = ({ env }: VerbOptions): Environment =>
  environmentNamed(env, listedProject().environments);

/** Print the result of a verb: as JSON where that was asked for, else as text that ends with a line break. */
export function writeResult(
  { json = false }: Pick<VerbOptions, "json">,
  result: unknown,
  text: () => string,
): void {
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : text());
}
