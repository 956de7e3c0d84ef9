import { Command } from "commander";
import type { Layer } from "../../environments/naming";
import { acceptRegistryLosses } from "../review/registry-block";
import {
  type ChosenEnvironments,
  concurrencyOption,
  environmentCommand,
  layerOption,
  parseEnvironment,
  withAll,
} from "./environment-command";
import { type CommandHelp, commandHelp } from "./help-text";
import type { ReportOptions } from "./reported-run";
import { exitProcess } from "./usage-error";

export interface RunnerArguments {
  readonly environment: string;
  readonly layers: readonly Layer[];
  readonly autoApprove: boolean;
  /** Flags passed to Terraform, which rejects those that it does not know. */
  readonly terraformFlags: readonly string[];
}

export interface DeployArguments extends RunnerArguments, ReportOptions, ChosenEnvironments {
  /** Whether other environments and teams may lose settings of the registry. */
  readonly acceptRegistryLosses: boolean;
  /** Whether changed lifecycle policies may remove images that run. */
  readonly acceptRunningImageLosses: boolean;
}

/** The exit codes of a run that changes stacks. A signal between two runs of Terraform gives 128 plus its number. */
const runExitCodes = (done: string): CommandHelp["exitCodes"] => ({
  0: `every stack is ${done}`,
  1: "a stack is not, or no one has confirmed it",
  130: "after Ctrl-C",
});

/** Parse the command line of deploy. Usage errors end the process with code 1. */
export function parseDeployArguments(argv: readonly string[]): DeployArguments {
  const flags = `[--auto-approve] [${acceptRegistryLosses}] [--json] [--markdown <file>]`;
  const command = withReport(
    withAll(environmentCommand("deploy", flags))
      .description(
        "Deploy an environment, layer by layer; with --all, one environment after another until one fails.",
      )
      .option("--auto-approve", "do not ask for confirmation")
      .option(acceptRegistryLosses, "let other environments and teams lose settings of the registry")
      .option("--accept-running-image-losses", "let changed lifecycle policies remove images that run")
      .addHelpText(
        "after",
        commandHelp("deploy", {
          exitCodes: runExitCodes("deployed"),
          examples: ["dev", "dev --layer compute", "dev --auto-approve --json", "--all --tier development"],
        }),
      ),
  );
  return {
    ...{ autoApprove: false, acceptRegistryLosses: false, acceptRunningImageLosses: false, json: false },
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
      .option("--auto-approve", "do not ask for confirmation")
      .addHelpText(
        "after",
        commandHelp("destroy", {
          exitCodes: runExitCodes("destroyed"),
          examples: ["dev", "dev --layer compute"],
        }),
      ),
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
    .option(
      "--markdown <file>",
      "also write it to a file as Markdown; to $GITHUB_STEP_SUMMARY it is appended",
    );

export interface DiffArguments extends Omit<RunnerArguments, "autoApprove"> {
  /** How many stacks are planned at a time. */
  readonly concurrency: number;
}

/** Parse the command line of diff. Usage errors end the process with code 1. */
export function parseDiffArguments(argv: readonly string[]): DiffArguments {
  const command = environmentCommand("diff", "[--concurrency <number>]")
    .description("Show what a deploy would change. Changes nothing.")
    .addOption(concurrencyOption())
    .addHelpText(
      "after",
      commandHelp("diff", {
        notes: `Also prints the images that pipelines deploy (managedBy: "pipeline"), which Terraform ignores: what runs, its tags and since when,
and what Terraform would start with. Permissions: those of npm run ecs -- status and npm run ecr -- lambda status.`,
        exitCodes: {
          0: "no changes",
          1: "a stack cannot be planned, or an image that a pipeline deploys cannot be read",
          2: "changes",
        },
        examples: ["dev", "dev --layer compute"],
      }),
    );
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
    .addHelpText(
      "after",
      commandHelp("imports", {
        exitCodes: { 0: "the blocks are written", 1: "something has to be decided first" },
        examples: ["prod", "prod --layer replicas"],
      }),
    )
    .exitOverride(exitProcess);
  command.parse(argv);
  return { environment: command.args[0] ?? "", layers: command.opts<{ layer: Layer[] }>().layer };
}

/** Parse the command line of synth. Usage errors end the process with code 1. */
export function parseSynthArguments(argv: readonly string[]): { strict: boolean } {
  const command = new Command("synth")
    .description("Write the Terraform JSON of every stack.")
    .option("--strict", "fail if there are warnings")
    .addHelpText(
      "after",
      commandHelp("synth", {
        exitCodes: { 0: "every stack is written", 1: "nothing is, or there are warnings with --strict" },
        examples: ["", "--strict"],
      }),
    )
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
