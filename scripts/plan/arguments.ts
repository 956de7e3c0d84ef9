import { addImageOptions, type ImageOptions } from "../images/image-options";
import { addGateOptions, type GateOptions } from "../review/gates/gate-options";
import { acceptRegistryLosses } from "../review/registry-block";
import { addFormats } from "../review/report/formats";
import type { DiffArguments } from "../runner/arguments";
import {
  type ChosenEnvironments,
  concurrencyOption,
  environmentCommand,
  parseEnvironment,
  withAll,
} from "../runner/environment-command";
import { type CommandHelp, commandHelp } from "../runner/help-text";

export interface PlanArguments extends DiffArguments, GateOptions, ImageOptions, ChosenEnvironments {
  /** Folder for the plans; `undefined` if none is kept. */
  readonly out?: string;
  readonly acceptRegistryLosses?: boolean;
}

const help: CommandHelp = {
  notes: "Without --out no plan is kept. With --out, npm run apply -- <folder> applies exactly these plans.",
  exitCodes: {
    0: "nothing risky",
    1: "the plans cannot be made",
    2: "risky or a stack without a final plan",
    3: "blocked by a gate or a deploy would stop",
  },
  examples: ["dev --markdown plan.md", "compute-dev", "prod --out plans", "--all --tier development"],
};

/** Parse the command line of plan. Usage errors end the process with code 1. */
export function parsePlanArguments(argv: readonly string[]): PlanArguments {
  const flags = "[--out <folder>] [--markdown <file>] [--json]";
  const command = withAll(environmentCommand("plan", flags, "name of an environment or a stack, e.g. dev"))
    .description("Plan an environment and report what a deploy would do. Changes nothing.")
    .option("--out <folder>", "keep the plans in a folder, which holds secrets")
    .option(acceptRegistryLosses, "let other environments and teams lose settings of the registry")
    .addOption(concurrencyOption())
    .addHelpText("after", commandHelp("plan", help));
  const args = parseEnvironment<Omit<PlanArguments, "environment" | "layers" | "terraformFlags">>(
    addImageOptions(addGateOptions(addFormats(command)), "read from ECR"),
    argv,
    { asks: false },
  );
  if (args.all && args.out !== undefined)
    command.error("--out keeps the plans of one environment, which npm run apply applies; remove --all.");
  return args;
}
