import { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { listedProject } from "../environment-files/listed-project";
import { type CommandHelp, commandHelp } from "../runner/help-text";
import { environmentNamed } from "../runner/selection";

/** Receives the exit code of a command, if it is not 0. */
export type SetExitCode = (exitCode: number) => void;

/** The options that every verb has. */
export interface VerbOptions {
  readonly env: string;
  readonly json?: boolean;
}

/** What the help of a verb says below its options. */
export type VerbHelp = CommandHelp;

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
export const helpText = (name: string, help: VerbHelp): string => commandHelp(`ecr -- ${name}`, help);

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
