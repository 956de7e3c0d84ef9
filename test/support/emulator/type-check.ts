import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { tsc } from "./compiler";
import { buildInfoIn } from "./start-modules";

/** Folder of the compiler's output, as deep as `build`, because its build information has relative paths. */
const output = "checked";
/** What the compiler printed, if it found errors. */
const failureIn = (folder: string): string => join(folder, output, "type-errors.txt");

/**
 * Check the types of a copy of the project, as its first command does, but leave its programs alone. When the check has passed,
 * its build information becomes that of the programs. `typesChecked` tells the result to other processes. Most tests do not
 * wait for it, so it has a low priority.
 *
 * @param end ends it early
 * @returns what is wrong, if anything is
 */
export async function checkTypes(folder: string, end: AbortSignal): Promise<string | undefined> {
  mkdirSync(join(folder, output));
  // Next to its output: at the top, it would be one of the project's settings.
  const settings = join(output, "tsconfig.json");
  const compilerOptions = { outDir: ".", tsBuildInfoFile: "tsconfig.tsbuildinfo" };
  writeFileSync(
    join(folder, settings),
    JSON.stringify({ extends: "../tsconfig.build.json", compilerOptions }),
  );
  try {
    await tsc(folder, settings, end);
  } catch (error) {
    if (end.aborted) return undefined;
    const { message } = error as Error;
    writeFileSync(`${failureIn(folder)}.new`, message);
    renameSync(`${failureIn(folder)}.new`, failureIn(folder));
    return message;
  }
  renameSync(join(folder, output, "tsconfig.tsbuildinfo"), buildInfoIn(folder));
  return undefined;
}

/** Wait until the types of a copy of the project have been checked, here or in another process. @throws Error if that fails */
export async function typesChecked(folder: string): Promise<void> {
  while (!existsSync(buildInfoIn(folder))) {
    if (existsSync(failureIn(folder))) throw new Error(readFileSync(failureIn(folder), "utf8"));
    await sleep(100);
  }
}
