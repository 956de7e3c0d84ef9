import { cpSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { copyProject as copy } from "../../../emulator/project-copy";

/** The folder of this project. */
export const project = resolve(__dirname, "../../..");

/** Copy this project into a folder, as a user has it after `npm ci`. */
export const copyProject = (folder: string): void => copy(project, folder);

/** Not programs of the files that are copied. */
const left = new Set(["aws-cdk", "bare", "bench", "start", "test", "unit"]);

/** Copy the programs of a project into a copy of it. Source maps, which nothing reads, are left out. */
export function copyPrograms(from: string, to: string): void {
  for (const entry of readdirSync(join(from, "build")).filter((name) => !left.has(name)))
    cpSync(join(from, "build", entry), join(to, "build", entry), {
      recursive: true,
      filter: (file) => !file.endsWith(".map"),
    });
}
