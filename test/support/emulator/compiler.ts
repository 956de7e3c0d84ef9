import { execFile } from "node:child_process";
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  buildInfoIn,
  distrustEnvironmentOutputs,
  fingerprints,
  isEnvironmentData,
  nativeCompiler,
  recordCheck,
  textOfList,
} from "./start-modules";

/** Keeps the programs of a copy of the project that was compiled up to date with its sources. */
export class ChangeCompiler {
  /** Files that have changed since they were compiled. */
  private readonly changed = new Set<string>();
  private compiled: Promise<void> = Promise.resolve();
  private changedCode = false;
  private changedEnvironments = false;

  constructor(private readonly folder: string) {}

  /** Whether something else than environment files has ever changed. */
  get hasChangedCode(): boolean {
    return this.changedCode;
  }

  /** @param file that has changed, relative to the folder */
  note(file: string): void {
    this.changedCode ||= !isEnvironmentData(file);
    this.changedEnvironments ||= isEnvironmentData(file);
    this.changed.add(file);
  }

  /**
   * Compile what has changed: environment files without a type check, which is most of the work.
   *
   * @throws Error with what the compiler printed
   */
  compile(): Promise<void> {
    const files = [...this.changed];
    this.changed.clear();
    if (files.length === 0) return this.compiled;
    this.compiled = this.compiled.then(async () => {
      if (!files.every(isEnvironmentData)) return tsc(this.folder, "tsconfig.build.json");
      if (existsSync(buildInfoIn(this.folder))) distrustEnvironmentOutputs(this.folder);
      return transpile(this.folder, files);
    });
    return this.compiled;
  }

  /**
   * Record that the code and the unchanged environment files have passed the type check.
   *
   * @param project of which the folder is a copy, checked
   * @throws Error if code has changed
   */
  recordCheck(project: string): void {
    if (this.changedCode) throw new Error("Code has changed, and has not been checked.");
    copyFileSync(buildInfoIn(project), buildInfoIn(this.folder));
    if (this.changedEnvironments) distrustEnvironmentOutputs(this.folder);
    const list = textOfList(project);
    const { sources, code } = fingerprints(this.folder);
    const passed = { sources: this.changedEnvironments ? undefined : sources, code, list };
    recordCheck(this.folder, passed, Date.now());
  }
}

/** Compile single files without a type check, in a twentieth of the CPU time. A syntax error still fails. */
const transpile = (folder: string, files: readonly string[]): Promise<void> =>
  withoutCheck(folder, { include: [], files });

/** Compile everything without a type check. */
export const transpileAll = (folder: string): Promise<void> =>
  // What code imports is not looked for, so it is named.
  withoutCheck(folder, { files: ["cdktf.json"] });

function withoutCheck(folder: string, inputs: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const config = "tsconfig.transpile.json";
  const compilerOptions = {
    ...{ noCheck: true, noResolve: true, types: [] },
    ...{ incremental: false, tsBuildInfoFile: null },
  };
  writeFileSync(
    join(folder, config),
    JSON.stringify({ extends: "./tsconfig.build.json", compilerOptions, ...inputs }),
  );
  return tsc(folder, config);
}

/** A quarter of the CPU time of a core that another process keeps busy. */
const lowPriority = 5;

/** Lower the priority of a process. Where that is not allowed, it keeps its own. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, Math.max(lowPriority, getPriority(pid)));
  } catch {
    // It only takes longer.
  }
}

/**
 * Run the compiler.
 *
 * @param background ends it. It then has a low priority. @default - it has the priority of this process, and runs to its end
 * @throws Error with what it printed
 */
export async function tsc(folder: string, config: string, background?: AbortSignal): Promise<void> {
  const { executable } = nativeCompiler(folder);
  const script = join(folder, "node_modules/typescript/bin/tsc");
  const [program, ...args] = existsSync(executable) ? [executable] : [process.execPath, script];
  try {
    const options = { cwd: folder, ...(background ? { signal: background } : {}) };
    const running = promisify(execFile)(program, [...args, "-p", config, "--singleThreaded"], options);
    if (background !== undefined && running.child.pid !== undefined) lowerPriority(running.child.pid);
    await running;
  } catch (error) {
    const { stdout = "" } = error as { stdout?: string };
    throw new Error(`tsc -p ${config} failed:\n${stdout}`, { cause: error });
  }
}
