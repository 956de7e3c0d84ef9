import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Ran } from "../emulator/ran";
import { Workspace } from "../emulator/workspace";

/** What a run of the project remembers for the next one. */
export const typeCheck = "build/start/type-check.json";
export const pack = "build/start/scripts-synth.pack";

/** A copy of the project in which a test may also change the package `commander`. */
export class StartedProject {
  private readonly workspace = new Workspace();

  constructor() {
    const installed = this.path("node_modules");
    const packages = realpathSync(installed);
    rmSync(installed);
    mkdirSync(installed);
    for (const name of readdirSync(packages))
      if (name === "commander") cpSync(join(packages, name), join(installed, name), { recursive: true });
      else symlinkSync(join(packages, name), join(installed, name));
  }

  path(path: string): string {
    return join(this.workspace.folder, path);
  }

  synth(variables: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Promise<Ran> {
    return this.workspace.run(["node", "run.cjs", "scripts/synth", ...args], variables);
  }

  /** Run until a run changes nothing any more: the first one packs the modules, the second one their compiled code. */
  async warmUp(): Promise<void> {
    for (let run = 0; run < 3; run++) {
      const { code, stderr } = await this.synth();
      if (code !== 0) throw new Error(stderr);
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
    writeFileSync(file, content);
    try {
      await during();
    } finally {
      if (before === undefined) rmSync(file);
      else writeFileSync(file, before);
    }
  }

  remove(): void {
    this.workspace.remove();
  }
}
