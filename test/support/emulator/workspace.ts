import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { findProvider } from "../../../emulator/installation";
import { ChangeCompiler } from "./compiler";
import { LoadedCommands } from "./loaded-commands";
import { copyPrograms, copyProject, copySettings } from "./project-copy";
import { type Ran, runCommand } from "./ran";
import { typesChecked } from "./type-check";

/** Environment variables. One that is `undefined` is removed. */
type Variables = Readonly<Record<string, string | undefined>>;

/** A copy of the project in a temporary folder, as a user has it. */
export class Workspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "workspace-")));
  private readonly variables: Record<string, string>;
  private readonly compiler = new ChangeCompiler(this.folder);
  private loadedCommands: LoadedCommands | undefined;

  /**
   * @param variables what commands see besides this process's environment
   * @param options.fresh without what the compiler has left, so that the first command compiles everything
   * @param options.code with the sources of code. {@link command} and {@link loaded} start without them. @default true
   */
  constructor(variables: Readonly<Record<string, string>> = {}, { fresh = false, code = true } = {}) {
    if (code) copyProject(this.folder);
    else copySettings(this.folder);
    if (!fresh) copyPrograms(inject("compiledProject").folder, this.folder);
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
    if (!path.endsWith(".ts")) return;
    this.compiler.note(path);
    // It has loaded the environment files.
    this.loadedCommands?.stop();
    this.loadedCommands = undefined;
  }

  /** Remove the project's own environments, which `environments/all.ts` has to list otherwise. */
  removeShippedEnvironments(): void {
    for (const name of ["dev", "prod"]) rmSync(join(this.folder, `environments/${name}.ts`), { force: true });
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
    const options = { cwd: this.folder, env: this.environment(extra) };
    return runCommand(command, input === undefined ? options : { ...options, input });
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
    return this.run(["node", ...this.program(script), ...args], extra, input);
  }

  /**
   * As {@link command}, but all commands run in one process, one after the other. Its start, and V8's compilation of what
   * synthesizes, take most of the CPU time of a command.
   */
  async loaded(command: readonly string[], extra: Variables = {}): Promise<Ran> {
    await this.compile();
    if (this.compiler.hasChangedCode)
      throw new Error("Code has changed, and its modules are loaded already.");
    this.loadedCommands ??= new LoadedCommands(this.folder);
    return this.loadedCommands.run(command, this.environment(extra));
  }

  /** Arguments of Node.js that start a compiled script, with the modules that run.cjs has packed if they are the same. */
  program(script: string): string[] {
    if (this.compiler.hasChangedCode) return [`build/scripts/${script}.js`];
    const { folder, code } = inject("compiledProject");
    return [join(__dirname, "packed-start.cjs"), folder, code, `scripts/${script}`];
  }

  /** Compile what has changed, as every command does. @throws Error with what the compiler printed */
  compile(): Promise<void> {
    return this.compiler.compile();
  }

  /**
   * Let commands that npm starts know that the code has passed the type check, as that of the project that it is a copy of.
   * Environment files that have changed since are checked.
   */
  async skipCodeCheck(): Promise<void> {
    const { folder } = inject("compiledProject");
    await typesChecked(folder);
    await this.compile();
    this.compiler.recordCheck(folder);
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
    this.loadedCommands?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
