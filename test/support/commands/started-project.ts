import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Ran, runCommand } from "../emulator/ran";
import { Workspace } from "../emulator/workspace";

/** What a run of the project remembers for the next one. */
export const typeCheck = "build/start/type-check.json";
export const pack = "build/start/scripts-synth.pack";
export const lastStart = "build/start/scripts-synth.json";

/** A project that `run.cjs` compiles and runs. */
export class StartedProject {
  constructor(private readonly folder: string) {}

  path(path: string): string {
    return join(this.folder, path);
  }

  synth(variables: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Promise<Ran> {
    const env = { ...process.env, NODE_OPTIONS: "", GOGC: "400", ...variables };
    return runCommand(["node", "run.cjs", "scripts/synth", ...args], { cwd: this.folder, env });
  }

  /**
   * Run until a run changes nothing any more: the first one packs the modules, the second one their compiled code, and the
   * third one records that everything is current.
   */
  async warmUp(): Promise<void> {
    for (let run = 0; run < 3; run++) {
      const { code, stdout, stderr } = await this.synth();
      if (code !== 0) throw new Error(stdout + stderr);
    }
  }

  /** Another value after a file was written again, even with the same content. */
  writtenAt(path: string): string {
    const { ctimeNs, ino } = statSync(this.path(path), { bigint: true });
    return `${ctimeNs} ${ino}`;
  }

  /** The JSON of every stack, by the name of the stack. */
  stacks(outdir = "cdktf.out"): Record<string, string> {
    const folder = this.path(`${outdir}/stacks`);
    return Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name, "cdk.tf.json"), "utf8")]),
    );
  }

  /**
   * A file's text with one place changed.
   *
   * @throws Error when the place is not there
   */
  edited(path: string, from: string, to: string): string {
    const text = readFileSync(this.path(path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    return text.replace(from, to);
  }

  /** Write a file, and undo that after `during`. */
  async withFile(path: string, content: string, during: () => Promise<void>): Promise<void> {
    const file = this.path(path);
    const before = existsSync(file) ? readFileSync(file) : undefined;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    try {
      await during();
    } finally {
      if (before === undefined) rmSync(file, { force: true });
      else writeFileSync(file, before);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A copy of this project. */
export const wholeProject = (): StartedProject => new StartedProject(new Workspace().folder);

const root = resolve(__dirname, "../../..");

/**
 * A project of few files that starts as this one does, in a fraction of the CPU time. A test may also change its package
 * `commander`. Other packages that `run.cjs` loads are empty.
 */
export function smallProject(): StartedProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "small-")));
  cpSync(join(__dirname, "small-project"), folder, { recursive: true });
  for (const path of ["run.cjs", "start", "package.json", "tsconfig.json", "tsconfig.build.json"])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  const packages = join(folder, "node_modules");
  const installed = join(root, "node_modules");
  cpSync(join(installed, "commander"), join(packages, "commander"), { recursive: true });
  for (const name of ["typescript", "@typescript", "@types"])
    symlinkSync(join(installed, name), join(packages, name));
  for (const name of ["cdktf", "zod"]) {
    mkdirSync(join(packages, name));
    writeFileSync(join(packages, name, "index.js"), "");
  }
  return new StartedProject(folder);
}
