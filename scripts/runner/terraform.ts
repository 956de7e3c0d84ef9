import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "./command";
import { liveLine } from "./live-line";
import { liveOutput, type Output } from "./output";
import { childStdout } from "./result-stream";
import { binary, processEnvironment } from "./terraform-environment";
import { TerraformProgress } from "./terraform-progress";
import { alone, beside } from "./turns";

/** How a Terraform command ended. */
export interface TerraformResult {
  /** Exit code; 128 plus the signal's number if a signal killed it, as in a shell. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
  /** Standard output and standard error as they arrived, as far as they were captured. */
  readonly output: string;
  /** Standard output, if it was captured. */
  readonly stdout: string;
  /** Standard error, also if it was shown. */
  readonly stderr: string;
}

export interface TerraformOptions {
  /** Capture what Terraform prints instead of showing it. @default false */
  readonly quiet?: boolean;
  /** Capture standard error instead of showing it. @default false */
  readonly quietErrors?: boolean;
  /** Where the rest is shown. @default - the streams of this process */
  readonly output?: Output;
  /** Capture standard output also where it is shown. @default false */
  readonly captured?: boolean;
  /** The stack that a terminal shows as being worked on. @default - none */
  readonly live?: string;
  /** How many resources the run changes, for the terminal. @default - not known before Terraform says it */
  readonly steps?: number;
}

/** The Terraform processes that are running. */
const running = new Set<ChildProcess>();

/** The signal that ends this run, once it was received. */
let received: NodeJS.Signals | undefined;

/** Whether a Terraform command has failed, as it does after a signal. */
let hasFailed = false;

/** How long a signal to the whole process group may take to arrive here after Terraform has ended because of it. */
const signalDelayMs = 100;

/** The signal that interrupted this run, if any. */
export const interruption = (): NodeJS.Signals | undefined => received;

/**
 * Handle signals from the first Terraform command to the end of the run. If this process handled them only while
 * Terraform runs, a signal between two commands would end it and leave a saved plan behind.
 */
function handleSignals(): void {
  if (process.listeners("SIGTERM").includes(forward)) return;
  process.on("SIGINT", remember);
  process.on("SIGTERM", forward);
}

function remember(signal: NodeJS.Signals): void {
  received = signal;
}

function forward(signal: NodeJS.Signals): void {
  received = signal;
  for (const child of running) child.kill(signal);
}

/**
 * Run Terraform in the folder of a stack.
 *
 * Terraform runs as a child process, so its exit code and the signal that killed it are known; the cdktf CLI reports a
 * killed Terraform as success. The terminal sends Ctrl-C to Terraform as well, which then saves the state and releases
 * the lock; SIGTERM is forwarded for the same reason. After either signal, Terraform is not started again.
 *
 * `terraform init` runs alone: it may replace a provider that another stack's plan is running.
 *
 * @throws CommandError when Terraform cannot be started, or after a signal
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache
 */
export function terraform(
  directory: string,
  args: readonly string[],
  options: TerraformOptions = {},
): Promise<TerraformResult> {
  return (args[0] === "init" ? alone : beside)(() => start(directory, args, options));
}

async function start(
  directory: string,
  args: readonly string[],
  options: TerraformOptions,
): Promise<TerraformResult> {
  if (hasFailed) await sleep(signalDelayMs);
  if (received !== undefined)
    throw new CommandError(
      `Received ${received}; terraform ${args[0]} was not started.`,
      128 + constants.signals[received],
    );
  handleSignals();
  const child = spawn(binary(), [`-chdir=${directory}`, ...args], {
    env: processEnvironment(),
    stdio: streamsFor(options),
  });
  running.add(child);
  const progress = new TerraformProgress(options.steps);
  const label = `${options.live}: ${args[0]}`;
  const end =
    options.live === undefined ? undefined : liveLine.begin({ label, progress: () => progress.text() });
  const captured = capture(child, options, progress);
  try {
    return await new Promise<TerraformResult>((resolve, reject) => {
      child.on("error", (error) => reject(new CommandError(notStarted(error))));
      child.on("close", (code, signal) => {
        hasFailed ||= code === null || code === 1;
        resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), signal, ...captured });
      });
    });
  } finally {
    running.delete(child);
    end?.();
  }
}

/** Standard error always comes through a pipe, so that a failure can be explained. */
function streamsFor({ quiet, output = liveOutput, captured, live }: TerraformOptions): StdioOptions {
  if (quiet || !output.live) return ["ignore", "pipe", "pipe"];
  const isPiped = captured || (live !== undefined && liveLine.isShown);
  return ["inherit", isPiped ? "pipe" : childStdout(), "pipe"];
}

/** Capture what arrives through pipes, and show what is not quiet. */
function capture(
  child: ChildProcess,
  { quiet, quietErrors, output = liveOutput }: TerraformOptions,
  progress: TerraformProgress,
) {
  const captured = { stdout: "", stderr: "", output: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream]?.setEncoding("utf8").on("data", (text: string) => {
      captured[stream] += text;
      captured.output += text;
      if (stream === "stdout") progress.add(text);
      if (!quiet && !(quietErrors && stream === "stderr")) output.write(stream, text);
    });
  return captured;
}

function notStarted(error: Error): string {
  return `Terraform could not be started as "${binary()}" (${error.message}); install Terraform 1.11 or later, or set TERRAFORM_BINARY_NAME.`;
}
