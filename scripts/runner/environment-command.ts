import { Command, InvalidArgumentError, Option } from "commander";
import { type Layer, layers } from "../../environments/naming";
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

function addLayer(value: string, earlier: Layer[]): Layer[] {
  const found = layers.find((name) => name === value);
  if (!found) throw new InvalidArgumentError(`Choose from ${layers.join(", ")}.`);
  return [...earlier, found];
}
