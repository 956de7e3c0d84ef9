import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { transpileAll } from "./compiler";
import { copyPrograms, copyProject, project } from "./project-copy";
import { buildInfoIn, fingerprints, isChecked } from "./start-modules";
import { checkTypes } from "./type-check";

declare module "vitest" {
  interface ProvidedContext {
    /** A copy of the project that was compiled when the tests began. */
    compiledProject: CompiledProject;
  }
}

interface CompiledProject {
  readonly folder: string;
  /** Fingerprint of its code, with which `build/start` has a pack of the modules: see start/pack-file.cjs. */
  readonly code: string;
}

/**
 * Compile the project once, and pack its modules. Every workspace starts from it. Its types are checked while the tests run, as a
 * user's first command does before anything else: what needs the result waits for it with `typesChecked`, and errors that are
 * found before the tests end fail the run. If the project itself has been checked and not changed since, its programs are taken
 * instead.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "compiled-")));
  copyProject(folder);
  const isDone = isChecked(project, fingerprints(project).sources);
  if (isDone) {
    copyPrograms(project, folder);
    nameInstalledFiles(folder);
  } else await transpileAll(folder);
  for (let run = 0; run < 2; run++) await packModules(folder);
  provide("compiledProject", { folder, code: fingerprints(folder).code });
  const end = new AbortController();
  const check = isDone ? undefined : checkTypes(folder, end.signal);
  return async () => {
    end.abort();
    const failure = await check;
    if (failure !== undefined) {
      process.exitCode = 1;
      process.stderr.write(failure);
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * Name the files of packages in a copy's build information as the compiler does there, where `node_modules` is a link to that
 * of the project. With other names, it would check all of them again.
 */
function nameInstalledFiles(folder: string): void {
  const buildInfo = buildInfoIn(folder);
  const installed = relative(dirname(buildInfo), realpathSync(join(project, "node_modules")));
  const text = readFileSync(buildInfo, "utf8");
  writeFileSync(buildInfo, text.replaceAll('"../node_modules/', `"${installed.replaceAll(sep, "/")}/`));
}

/** Pack the program whose modules include nearly all that other programs load. @throws Error with what it printed */
async function packModules(folder: string): Promise<void> {
  try {
    const options = { cwd: folder, env: { ...process.env, GOGC: "400" } };
    await promisify(execFile)(
      process.execPath,
      [join(__dirname, "pack-modules.cjs"), "scripts/synth"],
      options,
    );
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`The modules of a copy of the project could not be packed:\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}
