import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { ChangeCompiler } from "./compiler";
import { findProvider } from "./installation";
import { copyProject } from "./project-copy";

/** How a command ended, and all it printed. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Environment variables. One that is `undefined` is removed. */
type Variables = Readonly<Record<string, string | undefined>>;

/** A copy of the project in a temporary folder, as a user has it. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "workspace-"));
  private readonly variables: Record<string, string>;
  private readonly compiler = new ChangeCompiler(this.folder);

  /**
   * @param variables what commands see besides this process's environment
   * @param options.fresh without what the compiler has left, so that the first command compiles everything
   */
  constructor(variables: Readonly<Record<string, string>> = {}, { fresh = false } = {}) {
    copyProject(this.folder);
    const build = join(inject("compiledProject"), "build");
    if (!fresh && existsSync(build)) cpSync(build, join(this.folder, "build"), { recursive: true });
    this.variables = {
      ...this.useProvider(),
      CHECKPOINT_DISABLE: "1",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      CI: "1",
      // Terraform and the provider are short of time here, and not of memory. https://go.dev/doc/gc-guide#GOGC
      GOGC: "400",
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
    if (path.endsWith(".ts")) this.compiler.note(path);
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

  /** The environment of a command. */
  environment(extra: Variables = {}): NodeJS.ProcessEnv {
    return { ...process.env, NODE_OPTIONS: "", ...this.variables, ...extra };
  }

  /** Run a command in the copy, without a terminal. It finds `input`, if any, at its standard input. */
  run(command: readonly string[], extra: Variables = {}, input?: string): Promise<Ran> {
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

  /**
   * Run a command of the project as its npm script does, e.g. `["deploy", "dev"]`, but compile only what has changed, and
   * do not check the types of environment files: over many commands the type checks are most of the work.
   */
  async command(
    [script = "", ...args]: readonly string[],
    extra: Variables = {},
    input?: string,
  ): Promise<Ran> {
    await this.compile();
    return this.run(["node", `build/scripts/${script}.js`, ...args], extra, input);
  }

  /** Compile what has changed, as every command does. @throws Error with what the compiler printed */
  compile(): Promise<void> {
    return this.compiler.compile();
  }

  /** Run Terraform in a stack's folder. @throws Error with all it printed, unless it ended with one of the codes */
  async terraform(
    stack: string,
    args: readonly string[],
    codes: readonly number[] = [0],
    extra: Variables = {},
  ): Promise<Ran> {
    const ran = await this.run(
      ["terraform", `-chdir=cdktf.out/stacks/${stack}`, ...args, "-no-color"],
      extra,
    );
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
