import { addImageOptions, type ImageOptions } from "../images/image-options";
import { addGateOptions, type GateOptions } from "../review/gates/gate-options";
import { acceptRegistryLosses } from "../review/registry-block";
import { addFormats } from "../review/report/formats";
import type { DiffArguments } from "../runner/arguments";
import { concurrencyOption, environmentCommand, parseEnvironment } from "../runner/environment-command";

export interface PlanArguments extends DiffArguments, GateOptions, ImageOptions {
  /** Folder for the plans; `undefined` if none is kept. */
  readonly out?: string;
  readonly acceptRegistryLosses?: boolean;
}

const help = `
Without --out no plan is kept. With --out, npm run apply -- <folder> applies exactly these plans.

Exit codes: 0 nothing risky, 2 risky or a stack without a final plan, 3 blocked by a gate or a deploy would stop, 1 the plans
cannot be made.

Examples:
  npm run plan -- dev --markdown plan.md
  npm run plan -- compute-dev
  npm run plan -- prod --out plans`;

/** Parse the command line of plan. Usage errors end the process with code 1. */
export function parsePlanArguments(argv: readonly string[]): PlanArguments {
  const flags = "[--out <folder>] [--markdown <file>] [--json]";
  const command = environmentCommand("plan", flags, "name of an environment or a stack, e.g. dev")
    .description("Plan an environment and report what a deploy would do. Changes nothing.")
    .option("--out <folder>", "keep the plans in a folder, which holds secrets")
    .option(acceptRegistryLosses, "let other environments and teams lose settings of the registry")
    .addOption(concurrencyOption())
    .addHelpText("after", help);
  return parseEnvironment<Omit<PlanArguments, "environment" | "layers" | "terraformFlags">>(
    addImageOptions(addGateOptions(addFormats(command)), "read from ECR"),
    argv,
    { asks: false },
  );
}
