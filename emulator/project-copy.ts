import { cpSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** Not part of a fresh clone, or not needed to run the app. */
const left = new Set([
  "node_modules",
  "build",
  "cdktf.out",
  ".git",
  ".terraform-state",
  ".venv",
  "venv",
  "test",
  "docs",
  "bench",
  "site",
]);

/** Copy a project into a folder, as a user has it after `npm ci`. The packages are shared by a symbolic link. */
export function copyProject(project: string, folder: string): void {
  for (const entry of readdirSync(project).filter((name) => !left.has(name)))
    cpSync(join(project, entry), join(folder, entry), { recursive: true });
  linkPackages(project, folder);
}

/** Share the packages of a project with a copy of it. */
export const linkPackages = (project: string, folder: string): void =>
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
