import { Command, type CommanderError, InvalidArgumentError, Option } from "commander";
import { type Layer, layers } from "../../environments/naming";
import { finish } from "../../exit-guard";
import { acceptRegistryLosses } from "../review/registry-block";
import { whyRefused } from "./plan-flags";
import type { ReportOptions } from "./reported-run";

export interface RunnerArguments {
  readonly environment: string;
  readonly layers: readonly Layer[];
  readonly autoApprove: boolean;
  /** Flags passed to Terraform, which rejects those that it does not know. */
  readonly terraformFlags: readonly string[];
}

export interface DeployArguments extends RunnerArguments, ReportOptions {
  /** Whether other environments and teams may lose settings of the registry. */
  readonly acceptRegistryLosses: boolean;
}

/** Parse the command line of deploy. Usage errors end the process with code 1. */
export function parseDeployArguments(argv: readonly string[]): DeployArguments {
  const command = withReport(
    environmentCommand("deploy", `[--auto-approve] [${acceptRegistryLosses}] [--json] [--markdown <file>]`)
      .description("Deploy an environment, layer by layer.")
      .option("--auto-approve", "do not ask for confirmation")
      .option(acceptRegistryLosses, "let other environments and teams lose settings of the registry"),
  );
  return {
    ...{ autoApprove: false, acceptRegistryLosses: false, json: false },
    ...parseEnvironment<Partial<Omit<DeployArguments, keyof RunnerArguments>> & { autoApprove?: boolean }>(
      command,
      argv,
      { asks: true },
    ),
  };
}

/** Parse the command line of destroy. Usage errors end the process with code 1. */
export function parseDestroyArguments(argv: readonly string[]): RunnerArguments & ReportOptions {
  const command = withReport(
    environmentCommand("destroy", "[--auto-approve] [--json] [--markdown <file>]")
      .description("Destroy an environment, layer by layer, in reverse order.")
      .option("--auto-approve", "do not ask for confirmation"),
  );
  return {
    ...{ autoApprove: false, json: false },
    ...parseEnvironment<Partial<ReportOptions> & { autoApprove?: boolean }>(command, argv, { asks: true }),
  };
}

/** Add the options for the report at the end of a run. */
export const withReport = (command: Command): Command =>
  command
    .option("--json", "print what was done as JSON at the end; all else goes to standard error")
    .option("--markdown <file>", "also write it to a file as Markdown, e.g. $GITHUB_STEP_SUMMARY");

export interface DiffArguments extends Omit<RunnerArguments, "autoApprove"> {
  /** How many stacks are planned at a time. */
  readonly concurrency: number;
}

/** Parse the command line of diff. Usage errors end the process with code 1. */
export function parseDiffArguments(argv: readonly string[]): DiffArguments {
  const command = environmentCommand("diff", "[--concurrency <number>]")
    .description("Show what a deploy would change. Changes nothing.")
    .addOption(concurrencyOption());
  return parseEnvironment<{ concurrency: number }>(command, argv, { asks: false });
}

/** Parse the command line of imports. Usage errors end the process with code 1. */
export function parseImportArguments(
  argv: readonly string[],
): Pick<RunnerArguments, "environment" | "layers"> {
  const command = new Command("imports")
    .description(
      "Write import blocks for resources that exist but are not in the state, such as replicas that ECR created. The next deploy imports them. Changes nothing itself.",
    )
    .argument("<environment>", "name of the environment, e.g. dev")
    .addOption(layerOption())
    .exitOverride(exitProcess);
  command.parse(argv);
  return { environment: command.args[0] ?? "", layers: command.opts<{ layer: Layer[] }>().layer };
}

export const concurrencyOption = (): Option =>
  new Option("--concurrency <number>", "how many stacks to plan at a time")
    .env("DIFF_CONCURRENCY")
    .argParser(wholeNumber)
    .default(2);

function layerOption(): Option {
  return new Option("--layer <name>", `only this layer (${layers.join(", ")}); can be repeated`)
    .argParser(addLayer)
    .default([], "every layer but bootstrap");
}

/**
 * A command for an environment that passes unknown flags to Terraform.
 *
 * @param flags its own flags, for the usage line
 */
export function environmentCommand(
  name: string,
  flags: string,
  description = "name of the environment, e.g. dev",
): Command {
  return new Command(name)
    .usage(`<environment> [--layer <name>] ${flags} [flags for terraform]`)
    .argument("<environment>", description)
    .argument("[flags...]", "passed to terraform, e.g. -parallelism=2")
    .addOption(layerOption())
    .allowUnknownOption()
    .exitOverride(exitProcess);
}

/**
 * What the command line says, with the options of the command.
 *
 * @param settings.asks whether the command asks for confirmation, and so accepts --auto-approve
 */
export function parseEnvironment<Options extends object>(
  command: Command,
  argv: readonly string[],
  settings: { asks: boolean },
) {
  command.parse(argv);
  const { layer, ...options } = command.opts<{ layer: Layer[] } & Options>();
  const [environment = "", ...terraformFlags] = command.args;
  if (environment.startsWith("-"))
    command.error(`The environment comes first, then flags such as ${environment}.`);
  const refusal = whyRefused(terraformFlags, settings);
  if (refusal !== undefined) command.error(refusal);
  return { environment, layers: layer, terraformFlags, ...options };
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

function wholeNumber(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("Use a whole number of at least 1.");
  return Number(value);
}
