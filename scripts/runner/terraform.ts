import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { constants, homedir } from "node:os";
import { join } from "node:path";
import { CommandError } from "./command";

/** How a Terraform command ended. */
export interface TerraformResult {
  /** Exit code; 128 plus the signal's number if a signal killed it, as in a shell. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
  /** Standard output and standard error; empty unless `quiet`. */
  readonly output: string;
  /** Standard output; empty unless `quiet`. */
  readonly stdout: string;
}

export interface TerraformOptions {
  /** Capture what Terraform prints instead of showing it. @default false */
  readonly quiet?: boolean;
}

/** The cdktf CLI reads the same variable. Its value is a command or a path, e.g. `tofu`. */
const binary = (): string => process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";

function processEnvironment(): NodeJS.ProcessEnv {
  const cache = join(homedir(), ".terraform.d", "plugin-cache");
  if (process.env["TF_PLUGIN_CACHE_DIR"] === undefined) mkdirSync(cache, { recursive: true });
  return {
    // Without a cache, every stack would download the provider again. The cdktf CLI uses the same folder.
    TF_PLUGIN_CACHE_DIR: cache,
    ...process.env,
    // Terraform does not ask HashiCorp for newer versions.
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
}

/** The Terraform process that is running. */
let running: ChildProcess | undefined;

/** The signal that ends this run, once it was received. */
let received: NodeJS.Signals | undefined;

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
  running?.kill(signal);
}

/**
 * Run Terraform in the folder of a stack.
 *
 * Terraform runs as a child process, so its exit code and the signal that killed it are known; the cdktf CLI reports a
 * killed Terraform as success. The terminal sends Ctrl-C to Terraform as well, which then saves the state and releases
 * the lock; SIGTERM is forwarded for the same reason. After either signal, Terraform is not started again.
 *
 * @throws CommandError when Terraform cannot be started, or after a signal
 */
export async function terraform(
  directory: string,
  args: readonly string[],
  { quiet = false }: TerraformOptions = {},
): Promise<TerraformResult> {
  if (received !== undefined)
    throw new CommandError(
      `Received ${received}; terraform ${args[0]} was not started.`,
      128 + constants.signals[received],
    );
  handleSignals();
  const child = spawn(binary(), [`-chdir=${directory}`, ...args], {
    env: processEnvironment(),
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
    return await new Promise<TerraformResult>((resolve, reject) => {
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
