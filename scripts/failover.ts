import "../exit-guard";
import { writeFileSync } from "node:fs";
import { Command } from "commander";
import type { Environment } from "../environments/plan/environment";
import { failoverPlan } from "../environments/plan/failover";
import { replicaRegions } from "../environments/plan/replicas";
import { suggest } from "../modules/values/suggestion";
import { listedProject } from "./environment-files/listed-project";
import { asJson, asMarkdown } from "./failover/failover-output";
import { parseCommands } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { type CommandHelp, commandHelp } from "./runner/help-text";
import { environmentNamed } from "./runner/selection";

interface PlanOptions {
  readonly env: string;
  readonly to: string;
  readonly json?: boolean;
  readonly markdown?: string;
}

const help: CommandHelp = {
  notes: "Calls neither AWS nor Terraform, so it works while a Region does not.",
  exitCodes: {
    0: "the Region has a replica of every consumer's repository",
    1: "the plan cannot be made",
    2: "it has not",
  },
  examples: [
    "--env prod --to us-west-2",
    "--env prod --to us-west-2 --markdown failover-prod.md",
    "--env prod --to us-west-2 --json",
  ],
};

/** `npm run failover -- plan`: what changes if an environment's images come from their replicas in another Region. */
run(async () => {
  let exitCode = 0;
  const program = new Command("failover").description("Use the replicas of another Region. Changes nothing.");
  program
    .command("plan")
    .description(
      "Print the steps of a failover: image URIs, repository URLs, permissions, DNS, and their order.",
    )
    .requiredOption("--env <name>", "environment, e.g. prod")
    .requiredOption("--to <region>", "Region with replicas, e.g. us-west-2")
    .option("--json", "print JSON")
    .option("--markdown <file>", "write the plan to a file instead of printing it")
    .addHelpText("after", commandHelp("failover -- plan", help))
    .action((options: PlanOptions) => {
      exitCode = plan(options);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

function plan({ env, to, json = false, markdown }: PlanOptions): number {
  const environment = environmentNamed(env, listedProject().environments);
  requireReplicas(environment, to);
  const made = failoverPlan(environment, to);
  if (markdown !== undefined) write(markdown, asMarkdown(made));
  if (json) process.stdout.write(asJson(made));
  else if (markdown === undefined) process.stdout.write(asMarkdown(made));
  else process.stdout.write(`The plan is in ${markdown}.\n`);
  const missing = made.images.filter(({ obstacle }) => obstacle !== undefined);
  for (const { consumer, obstacle } of missing) process.stderr.write(`${consumer}: ${obstacle}\n`);
  return missing.length > 0 ? 2 : 0;
}

/** @throws CommandError when the path is not that of a file in an existing folder */
function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["ENOENT", "EISDIR"].includes(code)) throw error;
    const found = code === "EISDIR" ? "this is a folder" : "its folder does not exist";
    throw new CommandError(`--markdown ${path}: ${found}; name a file in a folder that exists`);
  }
}

/** @throws CommandError when the environment has no replicas in that Region */
function requireReplicas(environment: Environment, to: string): void {
  const { name, file } = environment;
  const regions = replicaRegions(environment);
  if (regions.includes(to)) return;
  if (regions.length === 0)
    throw new CommandError(
      `${file} replicates nothing within the account; set enableReplication and replicationDestinations of a repository`,
    );
  throw new CommandError(
    `--to: ${name} has no replicas in "${to}"; ${suggest(to, regions) ?? `choose from ${regions.join(", ")}`}`,
  );
}
