import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findProvider } from "./installation";

const project = resolve(__dirname, "../..");

/** Not part of a fresh clone, or not needed to run the app. */
const left = new Set([
  "node_modules",
  "build",
  "cdktf.out",
  ".git",
  ".terraform-state",
  "test",
  "docs",
  "bench",
]);

/** How a command ended, and all it printed. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the project in a temporary folder, as a user has it after `npm ci`. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "workspace-"));
  private readonly variables: Record<string, string>;

  /** @param variables what commands see besides this process's environment */
  constructor(variables: Readonly<Record<string, string>> = {}) {
    for (const entry of readdirSync(project).filter((name) => !left.has(name)))
      cpSync(join(project, entry), join(this.folder, entry), { recursive: true });
    symlinkSync(join(project, "node_modules"), join(this.folder, "node_modules"));
    this.variables = {
      ...this.useProvider(),
      CHECKPOINT_DISABLE: "1",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      CI: "1",
      ...variables,
    };
  }

  /** Let Terraform take the AWS provider that is on this machine, in the version that is there. */
  private useProvider(): Record<string, string> {
    const provider = findProvider();
    if (!provider) return {};
    const terraformrc = join(this.folder, "terraform.rc");
    const source = `filesystem_mirror { path = "${provider.mirror}" }`;
    writeFileSync(terraformrc, `provider_installation {\n  ${source}\n}\n`);
    return {
      TF_CLI_CONFIG_FILE: terraformrc,
      TF_PLUGIN_CACHE_DIR: "",
      CDKTF_CONTEXT_JSON: JSON.stringify({ awsProviderVersion: provider.providerVersion }),
    };
  }

  /** Replace a file of the copy. */
  write(path: string, content: string): void {
    writeFileSync(join(this.folder, path), content);
  }

  /**
   * Change a file of the copy.
   *
   * @param from what is there: its first place, or every one for an expression that is global
   * @throws Error when it is not there
   */
  edit(path: string, from: string | RegExp, to: string): void {
    const text = readFileSync(join(this.folder, path), "utf8");
    const edited = text.replace(from, to);
    if (edited === text) throw new Error(`${path} does not hold ${from}`);
    this.write(path, edited);
  }

  /** The environment of a command. A variable that is `undefined` is taken away. */
  environment(extra: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
    return { ...process.env, NODE_OPTIONS: "", ...this.variables, ...extra };
  }

  /** Run a command in the copy, without a terminal. It finds `input`, if any, at its standard input. */
  run(
    command: readonly string[],
    extra: Readonly<Record<string, string | undefined>> = {},
    input?: string,
  ): Promise<Ran> {
    const [name = "", ...args] = command;
    return new Promise((done, failed) => {
      const child = spawn(name, args, {
        cwd: this.folder,
        env: this.environment(extra),
        stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
        detached: true,
      });
      let stdout = "";
      let stderr = "";
      child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.stdin?.end(input);
      child.on("error", failed);
      child.on("close", (code, signal) => done({ code, signal, stdout, stderr }));
    });
  }

  /** Run Terraform in a stack's folder. @throws Error with all it printed, unless it ended with one of the codes */
  async terraform(stack: string, args: readonly string[], codes: readonly number[] = [0]): Promise<Ran> {
    const ran = await this.run(["terraform", `-chdir=cdktf.out/stacks/${stack}`, ...args, "-no-color"]);
    if (ran.code === null || !codes.includes(ran.code))
      throw new Error(
        `terraform ${args.join(" ")} in ${stack} ended with ${ran.code}:\n${ran.stdout}${ran.stderr}`,
      );
    return ran;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
