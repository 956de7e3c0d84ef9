import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { constants, homedir } from "node:os";
import { join } from "node:path";
import { CommandError } from "./command";

/** How Terraform ended. */
export interface Ended {
  /** Exit code; 128 plus the signal's number when a signal killed it, as shells count. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
  /** All it printed, when it was quiet. */
  readonly output: string;
  /** What it printed without its errors and warnings, when it was quiet. */
  readonly stdout: string;
}

export interface TerraformOptions {
  /** Keep what Terraform prints instead of showing it. @default false */
  readonly quiet?: boolean;
}

/** The same variable that the cdktf CLI reads: `tofu`, or a path. */
const binary = (): string => process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";

function environment(): NodeJS.ProcessEnv {
  const cache = join(homedir(), ".terraform.d", "plugin-cache");
  if (process.env["TF_PLUGIN_CACHE_DIR"] === undefined) mkdirSync(cache, { recursive: true });
  return {
    // Without a cache every stack would download the provider again. The cdktf CLI uses the same folder.
    TF_PLUGIN_CACHE_DIR: cache,
    ...process.env,
    // No question to HashiCorp about newer versions.
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
}

/** The Terraform that runs now. */
let running: ChildProcess | undefined;

/** The signal that asked this run to end, once one came. */
let asked: NodeJS.Signals | undefined;

/**
 * Hear signals from the first start to the end of the run, also between two starts. Listening only while Terraform
 * runs, a signal at the wrong moment would end this process with a saved plan left behind.
 */
function hearSignals(): void {
  if (process.listeners("SIGTERM").includes(passOn)) return;
  process.on("SIGINT", remember);
  process.on("SIGTERM", passOn);
}

function remember(signal: NodeJS.Signals): void {
  asked = signal;
}

function passOn(signal: NodeJS.Signals): void {
  asked = signal;
  running?.kill(signal);
}

/**
 * Run Terraform in the folder of a stack.
 *
 * Terraform runs as a plain child process, so its exit code and the signal that ended it are known; the cdktf CLI
 * reports a killed Terraform as success. A Ctrl-C reaches Terraform by itself, which then saves the state and gives
 * the lock back; a SIGTERM is passed on for the same reason. After either, Terraform is not started again.
 *
 * @throws CommandError when Terraform is not installed, or after a signal
 */
export async function terraform(
  directory: string,
  args: readonly string[],
  { quiet = false }: TerraformOptions = {},
): Promise<Ended> {
  if (asked !== undefined)
    throw new CommandError(
      `Ended by ${asked}; terraform ${args[0]} was not started.`,
      128 + constants.signals[asked],
    );
  hearSignals();
  const child = spawn(binary(), [`-chdir=${directory}`, ...args], {
    env: environment(),
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  running = child;
  let output = "";
  let stdout = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    stdout += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  try {
    return await new Promise<Ended>((resolve, reject) => {
      child.on("error", (error) => reject(new CommandError(notStarted(error))));
      child.on("close", (code, signal) =>
        resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), signal, output, stdout }),
      );
    });
  } finally {
    running = undefined;
  }
}

function notStarted(error: Error): string {
  return `Terraform could not be started as "${binary()}" (${error.message}); install Terraform 1.11 or later, or set TERRAFORM_BINARY_NAME.`;
}
