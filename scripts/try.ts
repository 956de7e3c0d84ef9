import "../exit-guard";
import { existsSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { listedProject } from "./environment-files/listed-project";
import { parseCommands } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { type CommandHelp, commandHelp } from "./runner/help-text";
import { environmentNamed } from "./runner/selection";
import { wholeNumber } from "./runner/whole-number";
import { askToEnd, isAlive } from "./try/control";
import { Ending } from "./try/ending";
import { runInstead } from "./try/in-trial";
import { loopbackEndpoint } from "./try/loopback";
import { placeIn, runTrial, type TrialRecord } from "./try/trial";
import { isOwn, removeLeftovers, trialFolder } from "./try/trial-folder";

interface TryOptions {
  readonly all?: boolean;
  readonly down?: boolean;
  readonly endpoint?: string;
  readonly port: number;
}

const help: CommandHelp = {
  notes: `Deploys the registries of dev, and prints what to look at; with --all, also its network, services and functions. exec runs a
command in the trial, and ends with its exit code; --down ends the trial from another terminal.

A trial works on a copy of the project in a temporary folder. Its commands have no settings of yours for AWS and
Terraform, and reach the emulator alone. At its end, the copy, the state and the emulator are removed.`,
  exitCodes: { 0: "it was ready, and was ended", 1: "it failed, or was ended before" },
  examples: ["", "dev --all", "exec npm run ecr -- registry explain --env dev", "--down"],
};

const port = wholeNumber({ from: 1, to: 65_535 });

/** `npm run try`: a deployment to an emulator on this machine. */
run(async () => {
  if (process.argv[2] === "exec") return execute(process.argv.slice(3));
  let exitCode = 0;
  const program = new Command("try")
    .description(
      "Deploy an environment to an AWS emulator on this machine, and see what it does. Needs no AWS account.",
    )
    .argument("[environment]", "name of the environment", "dev")
    .option("--all", "deploy everything, and not the registries alone")
    .option("--endpoint <url>", "use an emulator that runs already, on this machine")
    .option("--port <number>", "where the emulator listens, on 127.0.0.1 (default: a free port)", port, 0)
    .option("--down", "end the trial of this project")
    .addHelpText("after", commandHelp("try", help))
    .action(async (name: string, options: TryOptions) => {
      exitCode = options.down ? await down() : await start(name, options);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

async function start(name: string, { all = false, endpoint, port }: TryOptions): Promise<number> {
  const environment = environmentNamed(name, listedProject().environments);
  const settings = {
    environment,
    all,
    port,
    endpoint: endpoint === undefined ? undefined : loopbackEndpoint(endpoint),
  };
  await runTrial(settings, trialFolder(), new Ending());
  process.stdout.write("The trial has ended, and nothing of it is left.\n");
  return 0;
}

async function down(): Promise<number> {
  const folder = trialFolder();
  const ended = (isOwn(folder) && (await askToEnd(folder.control))) || (await removeLeftovers(folder));
  process.stdout.write(
    ended ? "The trial has ended, and nothing of it is left.\n" : "No trial of this project is running.\n",
  );
  return 0;
}

async function execute(argv: readonly string[]): Promise<number> {
  const command = argv[0] === "--" ? argv.slice(1) : argv;
  if (command.length === 0)
    throw new CommandError("exec needs a command, e.g. npm run try -- exec npm run ecr -- --help");
  const folder = trialFolder();
  if (!isOwn(folder) || !(await isAlive(folder.control)))
    throw new CommandError("No trial of this project is running. Start one in another terminal: npm run try");
  if (!existsSync(folder.record))
    throw new CommandError("The trial is not ready yet; wait until it prints what to look at.");
  const record = JSON.parse(readFileSync(folder.record, "utf8")) as TrialRecord;
  return runInstead(placeIn(folder, record), command);
}
