import { Command, type CommanderError, InvalidArgumentError } from "commander";
import { type Layer, layers } from "../../environments/naming";
import { finish } from "../../exit-guard";
import { whyRefused } from "./plan-flags";

export interface RunnerArguments {
  readonly environment: string;
  readonly layers: readonly Layer[];
  readonly autoApprove: boolean;
  /** Flags passed to Terraform, which rejects those that it does not know. */
  readonly terraformFlags: readonly string[];
}

/**
 * Parse the command line of deploy, destroy or diff. Usage errors end the process with code 1.
 *
 * @param options.asks whether the command asks for confirmation, and so accepts --auto-approve
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
    .argument("[flags...]", "passed to terraform, e.g. -parallelism=2")
    .option("--layer <name>", `only this layer (${layers.join(", ")}); can be repeated`, addLayer, [])
    .allowUnknownOption()
    .exitOverride(exitProcess);
  if (asks) command.option("--auto-approve", "do not ask for confirmation");
  command.parse(argv);
  const { layer: selectedLayers, autoApprove = false } = command.opts<{
    layer: Layer[];
    autoApprove?: boolean;
  }>();
  const [environment = "", ...terraformFlags] = command.args;
  if (environment.startsWith("-"))
    command.error(`The environment comes first, then flags such as ${environment}.`);
  const refusal = whyRefused(terraformFlags, { asks });
  if (refusal !== undefined) command.error(refusal);
  return { environment, layers: selectedLayers, autoApprove, terraformFlags };
}

/** Parse the command line of synth. Usage errors end the process with code 1. */
export function parseSynthArguments(argv: readonly string[]): { strict: boolean } {
  const command = new Command("synth")
    .description("Write the Terraform JSON of every stack.")
    .option("--strict", "fail if there are warnings")
    .exitOverride(exitProcess);
  const { strict = false } = command.parse(argv).opts<{ strict?: boolean }>();
  return { strict };
}

/** Parse the command line of a program with subcommands and run the selected one. Usage errors end it with code 1. */
export async function parseCommands(program: Command, argv: readonly string[]): Promise<void> {
  overrideExit(program);
  await program.parseAsync(argv);
}

/** Commander copies settings to a subcommand only when it is added, so each existing one is set here. */
function overrideExit(command: Command): void {
  command.exitOverride(exitProcess);
  for (const subcommand of command.commands) overrideExit(subcommand);
}

/** Help and usage errors also finish the program, as far as the exit guard is concerned. */
function exitProcess({ exitCode }: CommanderError): never {
  finish(exitCode);
  process.exit(exitCode);
}

function addLayer(value: string, earlier: Layer[]): Layer[] {
  const found = layers.find((name) => name === value);
  if (!found) throw new InvalidArgumentError(`Choose from ${layers.join(", ")}.`);
  return [...earlier, found];
}
