import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startProcess } from "./provider-process";
import { readSchema } from "./schema-proxy";
import { usedTypes } from "./used-types";

declare module "vitest" {
  interface ProvidedContext {
    /** File with what {@link readSchema} returns. */
    providerSchema: string;
  }
}

/**
 * Read the provider's schema once for all test files.
 *
 * Comes after `installed-parts.ts`: where a part is missing, the tests that need it are skipped or fail.
 */
export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
  if (project.getProvidedContext().missingParts.length > 0) return undefined;
  const provider = await startProcess({});
  if (provider === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "provider-schema-"));
  const file = join(folder, "schema");
  try {
    writeFileSync(file, await readSchema(provider.socket, usedTypes()));
  } finally {
    await provider.stop();
  }
  project.provide("providerSchema", file);
  return () => rmSync(folder, { recursive: true, force: true });
}
