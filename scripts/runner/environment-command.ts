import { Command, InvalidArgumentError, Option } from "commander";
import { type Layer, layers } from "../../environments/naming";
import { tiers } from "../../environments/options/tier";
import type { Environment } from "../../environments/plan/environment";
import { whyRefused } from "./plan-flags";
import { exitProcess } from "./usage-error";
import { wholeNumber } from "./whole-number";

/** How many stacks a command plans at a time. */
export const concurrencyOption = (): Option =>
  new Option("--concurrency <number>", "how many stacks to plan at a time")
    .env("DIFF_CONCURRENCY")
    .argParser(wholeNumber({ from: 1 }))
    .default(2);

/** `--layer`, which can be repeated. */
export function layerOption(): Option {
  return new Option("--layer <name>", `only this layer (${layers.join(", ")}); can be repeated`)
    .argParser(addLayer)
    .default([], "every layer but bootstrap");
}

/** The flag for several environments, with the option that selects among them. */
const allFlag = "--all";

/** Which environments a command works on. */
export interface ChosenEnvironments {
  /** Name of one; empty with `all`. */
  readonly environment: string;
  /** @default - only `environment` */
  readonly all?: boolean;
  /** Only those of this tier. @default - of every tier */
  readonly tier?: Environment["tier"];
}

/** Let a command work on all environments, or on those of a tier. */
export const withAll = (command: Command): Command =>
  command
    .option(allFlag, "every environment instead of one: development first, each tier in the order of all.ts")
    .addOption(
      new Option("--tier <tier>", `with ${allFlag}, only the environments of this tier`).choices(tiers),
    );

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
    .argument("[environment]", description)
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
  const { all, tier } = command.opts<Partial<ChosenEnvironments>>();
  if (tier !== undefined && !all) command.error(`--tier selects among ${allFlag}; add ${allFlag}.`);
  const [environment = "", ...terraformFlags] = all ? ["", ...command.args] : command.args;
  const [named] = terraformFlags;
  if (all && named !== undefined && !named.startsWith("-"))
    command.error(`${allFlag} means every environment; remove ${named}.`);
  if (environment === "" && !all) command.error("error: missing required argument 'environment'");
  if (environment.startsWith("-"))
    command.error(`The environment comes first, then flags such as ${environment}.`);
  const refusal = whyRefused(terraformFlags, settings);
  if (refusal !== undefined) command.error(refusal);
  return { environment, layers: layer, terraformFlags, ...options };
}

function addLayer(value: string, earlier: Layer[]): Layer[] {
  const found = layers.find((name) => name === value);
  if (!found) throw new InvalidArgumentError(`Choose from ${layers.join(", ")}.`);
  return [...earlier, found];
}
