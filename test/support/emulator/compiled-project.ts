import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { copyPrograms, copyProject, project } from "./project-copy";
import { buildInfoIn, fingerprints, isChecked, recordCheck, textOfList } from "./start-modules";

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
 * Compile the project once, with the type check that a user's first command does, and pack its modules, as the first two
 * commands do. Every workspace starts from it. If the project itself has been checked and not changed since, its programs
 * are taken instead.
 */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "compiled-")));
  copyProject(folder);
  if (isChecked(project, fingerprints(project).sources)) {
    copyPrograms(project, folder);
    nameInstalledFiles(folder);
    const { sources, code } = fingerprints(folder);
    recordCheck(folder, { sources, code, list: textOfList(folder) }, Date.now());
  }
  // The first run packs the modules, the second one the code that V8 compiles from them.
  for (let run = 0; run < 2; run++) await synthesize(folder);
  provide("compiledProject", { folder, code: fingerprints(folder).code });
  return () => rmSync(folder, { recursive: true, force: true });
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

/** Run the program whose modules include nearly all that other programs load. @throws Error with what it printed */
async function synthesize(folder: string): Promise<void> {
  try {
    const options = { cwd: folder, env: { ...process.env, GOGC: "400" } };
    await promisify(execFile)(process.execPath, ["run.cjs", "scripts/synth"], options);
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`run.cjs failed in a copy of the project:\n${stdout}${stderr}`, { cause: error });
  }
}
