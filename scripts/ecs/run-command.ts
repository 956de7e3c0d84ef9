import { setTimeout as sleep } from "node:timers/promises";
import type { Task } from "@aws-sdk/client-ecs";
import { Command } from "commander";
import { chosenEnvironment, type SetExitCode, writeResult } from "../ecr/verb";
import { commandHelp } from "../runner/help-text";
import { wholeNumber } from "../runner/whole-number";
import { startedNamed } from "./service-option";
import { stoppedTask, stoppedTaskText } from "./stopped-task";

interface RunOptions {
  readonly env: string;
  readonly timeout: number;
  readonly json?: boolean;
}

const help = {
  notes: `Runs one more task of a service, with what the service runs now, or a scheduled task, with what its schedule starts, in
its network and with its role, and with another command if one is given after --. Waits for its end and prints the last 1000
lines of its container. A task that does not end in time goes on; the command prints its ARN.`,
  exitCodes: {
    0: "the container ended with 0",
    2: "it ended with another exit code, or did not start",
    1: "it cannot be done, or did not end in time",
  },
  examples: ["--env prod web-app -- bin/migrate --all", "--env prod nightly-report --timeout 3600"],
};

/** `run`: run a task of a service, or a scheduled task, once. @param setExitCode receives the exit code */
export function runCommand(setExitCode: SetExitCode): Command {
  return new Command("run")
    .description("Run a task of a service, or a scheduled task, once, and wait for its end.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .option(
      "--timeout <seconds>",
      "longest time to wait for its end",
      wholeNumber({ from: 0, to: 99_999, unit: "seconds" }),
      1800,
    )
    .option("--json", "print JSON")
    .argument("<name>", "service or scheduled task in the environment file, e.g. web-app")
    .argument("[command...]", "command instead of that of the container, after --")
    .addHelpText("after", commandHelp("ecs -- run", help))
    .action(async (name: string, command: string[], options: RunOptions) =>
      setExitCode(await runOnce(name, command, options)),
    );
}

/** CloudWatch Logs gets the last lines of a container a little later than it ends. */
const logDelay = 3000;

async function runOnce(name: string, command: readonly string[], options: RunOptions): Promise<number> {
  const environment = chosenEnvironment(options);
  const kind = startedNamed(environment, name);
  const { AccountConnection } = await import("../ecr/account-connection.js");
  const { ServiceConnection } = await import("./service-connection.js");
  const account = await AccountConnection.open(environment);
  const connection = new ServiceConnection(account, name);
  const { scheduledStart } = await import("./scheduled-start.js");
  const start = kind === "service" ? await connection.describe() : await scheduledStart(account, name);
  const started = await account.ask("The task", () => connection.runOnce(start, name, command));
  const task = await awaitEnd(started, (arn) => connection.task(arn), options.timeout);
  const { lastStatus, taskArn = "" } = task;
  if (lastStatus !== "STOPPED") {
    process.stderr.write(
      `The task ${taskArn} is still running after ${options.timeout} seconds, and continues.\n`,
    );
    return 1;
  }
  await sleep(logDelay);
  const stopped = stoppedTask(task);
  const lines = await connection.lastLines(name, stopped.id, 1000);
  const exitCode = stopped.containers.find((container) => container.name === name)?.exitCode;
  writeResult(options, { taskArn, ...stopped, lines }, () =>
    [...lines.map((line) => line.trimEnd()), stoppedTaskText(stopped)].join("\n"),
  );
  return exitCode === 0 ? 0 : 2;
}

/** Look at a task every few seconds until it has stopped, at most `timeout` seconds. */
export async function awaitEnd(
  started: Task,
  look: (taskArn: string) => Promise<Task>,
  timeout: number,
  { interval = 5, wait = sleep as (milliseconds: number) => Promise<unknown> } = {},
): Promise<Task> {
  let task = started;
  for (let waited = 0; task.lastStatus !== "STOPPED" && waited < timeout; waited += interval) {
    await wait(interval * 1000);
    task = { ...started, ...(await look(started.taskArn ?? "")) };
  }
  return task;
}
