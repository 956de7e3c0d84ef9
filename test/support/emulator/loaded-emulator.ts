import { tmpdir } from "node:os";
import type { TestProject } from "vitest/node";
import { findMoto } from "../../../emulator/moto";
import { startServer } from "../../../emulator/server";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the socket where `fork_server.py` starts an emulator for each connection. */
    emulatorSocket: string;
  }
}

/**
 * Load moto once for all test files.
 *
 * Comes after `installed-parts.ts`: where a part is missing, the tests that need an emulator are skipped or fail.
 */
export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
  const found = findMoto();
  if (project.getProvidedContext().missingParts.length > 0 || !found.ok) return undefined;
  const { socket, stop } = await startServer(found.moto, tmpdir());
  project.provide("emulatorSocket", socket);
  return stop;
}
