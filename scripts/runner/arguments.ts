import { Command, type CommanderError, InvalidArgumentError } from "commander";
import { type Layer, layers } from "../../environments/naming";
import { finish } from "../../exit-guard";
import { whyNotPassed } from "./plan-flags";

export interface RunnerArguments {
  readonly environment: string;
  readonly layers: readonly Layer[];
  readonly autoApprove: boolean;
  /** Flags that are passed on to Terraform, which refuses those that it does not know. */
  readonly passed: readonly string[];
}

/**
 * Read the command line of deploy, destroy or diff. Usage errors end the process with code 1.
 *
 * @param options.asks whether the command asks before it changes something, and so knows --auto-approve
 */
export function parseArguments(
  name: string,
  description: string,
  argv: readonly string[],
  { asks }: { asks: boolean } = { asks: true },
): RunnerArguments {
  const command = new Command(name)
    .description(description)
    .usage(`<environment> [--layer <name>]${asks ? " [--auto-approve]" : ""} [flags for terraform]`)
    .argument("<environment>", "name of the environment, e.g. dev")
    .argument("[flags...]", "passed on to terraform, e.g. -parallelism=2")
    .option("--layer <name>", `only this layer (${layers.join(", ")}); may be repeated`, layer, [])
    .allowUnknownOption()
    .exitOverride(ended);
  if (asks) command.option("--auto-approve", "do not ask");
  command.parse(argv);
  const { layer: wanted, autoApprove = false } = command.opts<{
    layer: Layer[];
    autoApprove?: boolean;
  }>();
  const [environment = "", ...passed] = command.args;
  if (environment.startsWith("-"))
    command.error(`The environment comes first, then flags such as ${environment}.`);
  const refused = whyNotPassed(passed, { asks });
  if (refused !== undefined) command.error(refused);
  return { environment, layers: wanted, autoApprove, passed };
}

/** Read the command line of synth. Usage errors end the process with code 1. */
export function parseSynthArguments(argv: readonly string[]): { strict: boolean } {
  const command = new Command("synth")
    .description("Write the Terraform JSON of every stack.")
    .option("--strict", "fail when there are warnings")
    .exitOverride(ended);
  const { strict = false } = command.parse(argv).opts<{ strict?: boolean }>();
  return { strict };
}

/** Read the command line of a program with commands and run the one that it names. Usage errors end it with code 1. */
export async function parseCommands(program: Command, argv: readonly string[]): Promise<void> {
  endsWork(program);
  await program.parseAsync(argv);
}

/** Commander hands its settings to a command when that is added, and not to the commands which it already has. */
function endsWork(command: Command): void {
  command.exitOverride(ended);
  for (const inner of command.commands) endsWork(inner);
}

/** Help and usage errors are an end of the work, too. */
function ended({ exitCode }: CommanderError): never {
  finish(exitCode);
  process.exit(exitCode);
}

function layer(value: string, earlier: Layer[]): Layer[] {
  const found = layers.find((name) => name === value);
  if (!found) throw new InvalidArgumentError(`there are ${layers.join(", ")}`);
  return [...earlier, found];
}
