import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { tsc } from "./compiler";
import { buildInfoIn } from "./start-modules";

/** Folder of the compiler's output, as deep as `build`, because its build information has relative paths. */
const output = "checked";
/** Most tests do not wait for it, and it keeps a core busy. */
const lowPriority = 5;
/** What the compiler printed, if it found errors. */
const failureIn = (folder: string): string => join(folder, "type-errors.txt");

/**
 * Check the types of a copy of the project, as its first command does, but leave its programs alone. When the check has passed,
 * its build information becomes that of the programs. `typesChecked` tells the result.
 */
export async function checkTypes(folder: string): Promise<void> {
  const settings = "tsconfig.checked.json";
  const compilerOptions = { outDir: output, tsBuildInfoFile: `${output}/tsconfig.tsbuildinfo` };
  writeFileSync(
    join(folder, settings),
    JSON.stringify({ extends: "./tsconfig.build.json", compilerOptions }),
  );
  try {
    await tsc(folder, settings, lowPriority);
  } catch (error) {
    writeFileSync(`${failureIn(folder)}.new`, (error as Error).message);
    renameSync(`${failureIn(folder)}.new`, failureIn(folder));
    return;
  }
  renameSync(join(folder, output, "tsconfig.tsbuildinfo"), buildInfoIn(folder));
}

/** Wait until the types of a copy of the project have been checked, here or in another process. @throws Error if that fails */
export async function typesChecked(folder: string): Promise<void> {
  while (!existsSync(buildInfoIn(folder))) {
    if (existsSync(failureIn(folder))) throw new Error(readFileSync(failureIn(folder), "utf8"));
    await sleep(100);
  }
}
