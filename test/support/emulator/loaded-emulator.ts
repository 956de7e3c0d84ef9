import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the socket where `moto/fork_server.py` starts an emulator for each connection. */
    emulatorSocket: string;
  }
}

/**
 * Load moto once for all test files, with its gaps lifted by `moto/sitecustomize.py`.
 *
 * Comes after `installed-parts.ts`: where a part is missing, the tests that need an emulator are skipped or fail.
 */
export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
  if (project.getProvidedContext().missingParts.length > 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const socket = join(folder, "socket");
  project.provide("emulatorSocket", socket);
  const server = spawn("moto_server", {
    // It ends when its standard input does, be it because this process was killed.
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      EMULATOR_SOCKET: socket,
      PYTHONPATH: join(__dirname, "moto"),
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Like AWS, it refuses a function whose image is not there.
      MOTO_LAMBDA_STUB_ECR: "false",
    },
  });
  await listening(server);
  return () => {
    server.stdin?.end();
    // Emulators that it forked may still hold its output, which would keep this process from exiting.
    server.stdout?.destroy();
    server.unref();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** It prints a line once it is. */
function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on("error", reject).on("close", (code) => reject(new Error(`moto_server ended with ${code}`)));
    server.stdout?.once("data", () => resolve());
  });
}
