import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { corrections, type Moto } from "./moto";

/** A process that has loaded moto and starts an emulator for each connection to its socket. */
export interface EmulatorServer {
  /** Path of its socket. */
  readonly socket: string;
  stop(): void;
}

/**
 * Load moto once, with its gaps lifted by `corrections/sitecustomize.py`. It ends when this process does.
 *
 * @param moto how moto starts on this machine
 * @param parent existing folder for what it writes, which it removes at its end
 * @param variables what it sees besides the environment of this process. One that is `undefined` is removed
 * @throws Error when it ends before it listens
 */
export async function startServer(
  moto: Moto,
  parent: string,
  variables: Readonly<Record<string, string | undefined>> = {},
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
      ...process.env,
      EMULATOR_SOCKET: socket,
      PYTHONPATH: corrections,
      PYTHONDONTWRITEBYTECODE: "1",
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Like AWS, it refuses a function whose image is not there.
      MOTO_LAMBDA_STUB_ECR: "false",
      ...variables,
    },
  });
  const stop = () => {
    server.stdin?.end();
    // Emulators that it forked may still hold its output, which would keep this process from exiting.
    server.stdout?.destroy();
    server.unref();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await listening(server);
  } catch (error) {
    stop();
    throw error;
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
