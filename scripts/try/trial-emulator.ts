import { createServer } from "node:net";
import { join } from "node:path";
import { accountVariables, startEmulator } from "../../emulator/connection";
import type { Moto } from "../../emulator/moto";
import { startServer } from "../../emulator/server";
import { CommandError } from "../runner/command";
import type { TrialFolder } from "./trial-folder";

/** The emulator of a trial. */
export interface TrialEmulator {
  readonly endpoint: string;
  /** Ends it, if the trial has started it. */
  stop(): Promise<void>;
}

/**
 * Start an emulator. It ends with this process, also if that is killed.
 *
 * @param port of 127.0.0.1, 0 for a free one
 * @param end stops it while it starts
 * @throws CommandError when it does not start
 */
export async function startTrialEmulator(
  moto: Moto,
  folder: TrialFolder,
  port: number,
  end: AbortSignal,
): Promise<TrialEmulator> {
  const variables = { EMULATOR_PORT: String(port), TMPDIR: join(folder.path, "tmp") };
  const server = await startServer(moto, folder.path, variables, end).catch((error: Error) => {
    throw new CommandError(`The emulator could not be started: ${error.message}.`);
  });
  try {
    const emulator = await startEmulator(server.socket);
    const stop = async () => {
      await emulator.stop();
      await server.stop();
    };
    return { endpoint: emulator.endpoint, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** @throws CommandError when something else listens there */
export async function requireFreePort(port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  const code = await new Promise<string | undefined>((resolve) => {
    server.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(undefined)));
  });
  if (code === "EADDRINUSE")
    throw new CommandError(
      `Port ${port} of 127.0.0.1 is in use; choose another one with --port, or leave it out for a free one.`,
    );
  if (code !== undefined)
    throw new CommandError(
      `The emulator cannot listen on port ${port} of 127.0.0.1 (${code}); choose another one with --port.`,
    );
}

/**
 * Environment variables with which a client reaches the emulator as a principal of the account.
 *
 * @throws CommandError when nothing answers there as AWS does
 */
export async function emulatedAccount(endpoint: string, accountId: string): Promise<Record<string, string>> {
  try {
    return await accountVariables(endpoint, accountId);
  } catch (error) {
    const { name, message } = error as Error;
    throw new CommandError(`No AWS emulator answers at ${endpoint}: ${name}: ${message}`);
  }
}
