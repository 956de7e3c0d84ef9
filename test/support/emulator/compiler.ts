import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** Compile a copy of the project, with a type check. @throws Error with what the compiler printed */
export const compileProject = (folder: string): Promise<void> => tsc(folder, "tsconfig.build.json");

/**
 * Compile single files of a copy of the project without a type check, in a twentieth of the CPU time.
 *
 * @param files relative to the folder
 * @throws Error with what the compiler printed, for a syntax error
 */
export async function transpile(folder: string, files: readonly string[]): Promise<void> {
  const config = "tsconfig.transpile.json";
  const compilerOptions = {
    noCheck: true,
    noResolve: true,
    types: [],
    incremental: false,
    tsBuildInfoFile: null,
  };
  writeFileSync(
    join(folder, config),
    JSON.stringify({ extends: "./tsconfig.build.json", compilerOptions, include: [], files }),
  );
  await tsc(folder, config);
}

/**
 * Make the next compilation of a copy of the project a full one. Otherwise it would keep the program of a transpiled file
 * that has been restored since: it knows nothing of the transpilation.
 */
export const compileAllNext = (folder: string): void =>
  rmSync(join(folder, "build/tsconfig.tsbuildinfo"), { force: true });

async function tsc(folder: string, config: string): Promise<void> {
  const args = ["node_modules/typescript/bin/tsc", "-p", config];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: folder });
  } catch (error) {
    const { stdout = "" } = error as { stdout?: string };
    throw new Error(`tsc -p ${config} failed:\n${stdout}`, { cause: error });
  }
}
