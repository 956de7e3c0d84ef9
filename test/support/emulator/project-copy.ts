import { copyFileSync, cpSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { copyProject as copy, linkPackages } from "../../../emulator/project-copy";

/** The folder of this project. */
export const project = resolve(__dirname, "../../..");

/** Copy this project into a folder, as a user has it after `npm ci`. */
export const copyProject = (folder: string): void => copy(project, folder);

/**
 * Copy what users edit of this project: the files at its top and the environment files. Not the code, and not `.git`, which
 * is a file in a worktree and would let commands change the repository.
 */
export function copySettings(folder: string): void {
  for (const from of [".", "environments"]) {
    mkdirSync(join(folder, from), { recursive: true });
    for (const entry of readdirSync(join(project, from), { withFileTypes: true }))
      if (entry.isFile() && entry.name !== ".git")
        copyFileSync(join(project, from, entry.name), join(folder, from, entry.name));
  }
  linkPackages(project, folder);
}

/**
 * Not programs of the files that are copied. Those of `bench` are copied, too: the build information names them, so the compiler
 * would not write them when a test adds their sources.
 */
const left = new Set(["aws-cdk", "bare", "package", "start", "test", "unit"]);

/** Copy the programs of a project into a copy of it. Source maps, which nothing reads, are left out. */
export function copyPrograms(from: string, to: string): void {
  for (const entry of readdirSync(join(from, "build")).filter((name) => !left.has(name)))
    cpSync(join(from, "build", entry), join(to, "build", entry), {
      recursive: true,
      filter: (file) => !file.endsWith(".map"),
    });
}
