import { cpSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const project = resolve(__dirname, "../../..");

/** Not part of a fresh clone, or not needed to run the app. */
const left = new Set([
  "node_modules",
  "build",
  "cdktf.out",
  ".git",
  ".terraform-state",
  "test",
  "docs",
  "bench",
]);

/** Copy the project into a folder, as a user has it after `npm ci`. */
export function copyProject(folder: string): void {
  for (const entry of readdirSync(project).filter((name) => !left.has(name)))
    cpSync(join(project, entry), join(folder, entry), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
}
