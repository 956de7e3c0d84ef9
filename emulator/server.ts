import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { corrections, type Moto } from "./moto";
import { withoutSettings } from "./own-settings";

/** A process that has loaded moto and starts an emulator for each connection to its socket. */
export interface EmulatorServer {
  /** Path of its socket. */
  readonly socket: string;
  /** Ends it, and settles when the process is gone. */
  stop(): Promise<void>;
}

/**
 * Load moto once, with its gaps lifted by `corrections/sitecustomize.py`. It ends when this process does.
 *
 * @param moto how moto starts on this machine
 * @param parent existing folder for what it writes, which it removes at its end
 * @param variables what it sees besides the environment of this process, without that of AWS
 * @param end stops it while it loads. @default - nothing does
 * @throws Error when it ends before it listens
 */
export async function startServer(
  moto: Moto,
  parent: string,
  variables: Readonly<Record<string, string>> = {},
  end?: AbortSignal,
): Promise<EmulatorServer> {
  const folder = mkdtempSync(join(parent, "emulator-"));
  const socket = join(folder, "socket");
  const [name = "", ...args] = moto.command;
  const server = spawn(name, args, {
    // It ends when its standard input does, be it because this process was killed.
    stdio: ["pipe", "pipe", "inherit"],
    // Ctrl-C in a terminal reaches this process alone, which ends the emulator when nothing needs it any more.
    detached: true,
    env: {
      ...withoutSettings(process.env),
      // moto looks for credentials as every client of AWS does, and would find the user's, or ask a metadata service.
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
      EMULATOR_SOCKET: socket,
      PYTHONPATH: corrections,
      PYTHONDONTWRITEBYTECODE: "1",
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Like AWS, it refuses a function whose image is not there.
      MOTO_LAMBDA_STUB_ECR: "false",
      ...variables,
    },
  });
  const exited = new Promise<void>((resolve) => {
    server.once("exit", () => resolve()).once("error", () => resolve());
  });
  const stop = async () => {
    server.stdin?.end();
    // Emulators that it forked may still hold its output, which would keep this process from exiting.
    server.stdout?.destroy();
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const kill = () => void server.kill("SIGKILL");
  end?.addEventListener("abort", kill);
  if (end?.aborted) kill();
  try {
    await listening(server);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    end?.removeEventListener("abort", kill);
  }
  return { socket, stop };
}

/** It prints a line once it is. */
function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on("error", reject).on("close", (code) => reject(new Error(`moto ended with ${code}`)));
    server.stdout?.once("data", () => resolve());
  });
}
