import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { compileProject } from "./compiler";
import { copyProject } from "./project-copy";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of a copy of the project that was compiled when the tests began. */
    compiledProject: string;
  }
}

/** Compile the project once, with the type check that a user's first command does. Every workspace starts from it. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "compiled-"));
  copyProject(folder);
  await compileProject(folder);
  provide("compiledProject", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
