import "../exit-guard";
import { existsSync } from "node:fs";
import { Command } from "commander";
import { definitions } from "../environments/all";
import { ConfigurationError } from "../environments/schema/problem";
import { answerProblems } from "./init/answer-problems";
import { type Answers, defaultAnswers, flags, namesIn } from "./init/answers";
import { askForAnswers, confirmText } from "./init/dialog";
import { addEnvironment, newEnvironment } from "./init/new-environment";
import { type StateOptions, surroundingsOf } from "./init/surroundings";
import { parseCommands } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { type CommandHelp, commandHelp } from "./runner/help-text";

interface InitOptions {
  readonly project?: string;
  readonly name?: string;
  readonly tier?: string;
  readonly account?: string;
  readonly region?: string;
  readonly repositories?: string;
  readonly bucket?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

const help: CommandHelp = {
  notes: `Asks at a terminal for each answer that no flag gives. Writes environments/<name>.ts, adds it to environments/all.ts, and
synthesizes the project; if that fails, both files are as before. An existing file is never overwritten.`,
  exitCodes: {
    0: "the files are written, or printed by --dry-run",
    1: "an answer is wrong or missing, and nothing was written",
    130: "after Ctrl-C, and nothing was written",
  },
  examples: [
    "",
    "--project shop --name staging --account 123456789012 --region eu-west-1 --yes",
    "--project shop --name staging --account 123456789012 --region eu-west-1 --dry-run",
  ],
};

/** `npm run init`: the file of a new environment. */
run(async () => {
  const program = new Command("init")
    .description("Write the file of a new environment: five questions, each also a flag.")
    .option("--project <name>", "project, the first part of every name")
    .option("--name <name>", "name of the environment, e.g. staging")
    .option("--tier <tier>", `development or production (default with --yes: ${defaultAnswers.tier})`)
    .option("--account <id>", "AWS account, 12 digits")
    .option("--region <region>", "AWS Region, e.g. eu-west-1")
    .option(
      "--repositories <names>",
      `short names with commas between them (default with --yes: ${defaultAnswers.repositories})`,
    )
    .option("--bucket <name>", "S3 bucket for the state (default: <project>-<name>-tfstate-<account>)")
    .option("--yes", "ask nothing")
    .option("--dry-run", "print the file, and write nothing")
    .addHelpText("after", commandHelp("init", help))
    .action(init);
  await parseCommands(program, process.argv);
  return 0;
});

async function init(options: InitOptions): Promise<void> {
  const { yes = false, dryRun = false } = options;
  const given = answersIn(options);
  const check = (answers: Answers) => answerProblems(answers, { definitions, exists: existsSync });
  const asks = !yes && process.stdin.isTTY && process.stdout.isTTY;
  const answers = asks ? await askForAnswers(given, check, offers()) : withDefaults(given, yes || dryRun);
  const problems = check(answers);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const surroundings = surroundingsOf(answers, definitions);
  const added = newEnvironment(answers, surroundings);
  const { path, text } = added.created;
  if (dryRun) {
    process.stdout.write(text);
    return;
  }
  if (asks && !(await confirmText(path, text))) throw new CommandError("Not confirmed; nothing was written.");
  await addEnvironment(added);
  process.stdout.write(nextSteps(answers.name, path, surroundings.state));
}

/** The answers that flags give. */
function answersIn({ project, name, tier, account, region, repositories, bucket }: InitOptions) {
  const given = { project, name, tier, accountId: account, region, bucket };
  return {
    ...(Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as Partial<Answers>),
    ...(repositories !== undefined && { repositories: namesIn(repositories) }),
  };
}

/** @throws CommandError that names every flag that is missing */
function withDefaults(given: Partial<Answers>, isYes: boolean): Answers {
  const needed = (["project", "name", "accountId", "region"] as const).filter(
    (one) => given[one] === undefined,
  );
  const missing = [...needed.map((one) => flags[one]), ...(isYes ? [] : ["--yes"])];
  if (missing.length > 0)
    throw new CommandError(
      `Without questions at a terminal, init also needs ${missing.join(", ")}; nothing was written.`,
    );
  const { tier, repositories } = defaultAnswers;
  return { tier, repositories: namesIn(repositories), ...given } as Answers;
}

/** What every environment of the project has in common. */
function offers() {
  const environments = Object.values(definitions).flatMap((one) => (one.ok ? [one.environment] : []));
  const common = (values: readonly string[]) => (new Set(values).size === 1 ? values[0] : undefined);
  return {
    project: common(environments.map(({ project }) => project)),
    region: common(environments.map(({ region }) => region)),
  };
}

function nextSteps(name: string, path: string, state: StateOptions): string {
  const createsBucket = state.backend === "s3" && state.createBucket !== false;
  const bucket = createsBucket
    ? `${state.bucket}, which the first deploy creates`
    : "that of another environment";
  const commands: readonly [string, string][] = [
    ["npm run synth", "writes the Terraform JSON of every stack"],
    [`npm run try -- ${name}`, "deploys it to an emulator on this machine, without an account"],
    ["npm run lock", "once: pins the AWS provider"],
    ...(createsBucket
      ? [[`npm run deploy -- ${name} --layer bootstrap`, "once: the state bucket"] as [string, string]]
      : []),
    [`npm run deploy -- ${name}`, "the repositories; needs AWS credentials for the account"],
  ];
  const width = Math.max(...commands.map(([command]) => command.length));
  const lines = commands.map(([command, meaning]) => `  ${command.padEnd(width)}  ${meaning}\n`);
  return `${path} is written and listed in environments/all.ts, and every stack synthesizes.
State bucket: ${bucket}.

Next:
${lines.join("")}`;
}
