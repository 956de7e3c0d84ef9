import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { copyProject } from "./project-copy";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of a copy of the project that was compiled when the tests began. */
    compiledProject: string;
  }
}

/**
 * Compile the project once. The compiler looks at contents, so in each copy that starts from this it compiles only what
 * has changed since.
 */
export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "compiled-"));
  copyProject(folder);
  // Where it fails, the first command of each test fails with the same words.
  spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    cwd: folder,
  });
  provide("compiledProject", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
