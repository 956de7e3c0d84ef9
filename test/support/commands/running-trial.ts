import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ran, runCommand } from "../emulator/ran";
import type { Workspace } from "../emulator/workspace";

/** What a user has set for real accounts. None of it may reach a command of a trial. */
export const realSettings = {
  AWS_PROFILE: "production",
  AWS_REGION: "eu-west-3",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "real",
  AWS_ENDPOINT_URL_ECR: "http://192.0.2.1:1",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere/token",
  TF_WORKSPACE: "production",
  TF_CLI_ARGS_plan: "-no-such-flag",
  TF_VAR_region: "eu-west-3",
};

/** `npm run try` in a copy of the project, with a folder for temporary files of its own. */
export class RunningTrial {
  /** The folder for temporary files, which is empty at the end of a trial. */
  readonly temporary = realpathSync(mkdtempSync(join(tmpdir(), "t-")));
  private process: ChildProcess | undefined;
  private ended: Promise<Ran> | undefined;
  private printed = "";

  constructor(private readonly workspace: Workspace) {}

  private environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return this.workspace.environment({ ...realSettings, TMPDIR: this.temporary, ...extra });
  }

  /** Start it in a process group of its own, as a terminal does. */
  async start(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.workspace.compile();
    const child = spawn("node", [...this.workspace.program("try"), ...args], {
      cwd: this.workspace.folder,
      env: this.environment(extra),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.process = child;
    this.printed = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (this.printed += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    this.ended = new Promise((resolve) => {
      child.on("close", (code, signal) => resolve({ code, signal, stdout: this.printed, stderr }));
    });
  }

  /** Wait until it has printed something. @throws Error when it ends before */
  async until(text: RegExp): Promise<string> {
    const end = this.end();
    let ran: Ran | undefined;
    void end.then((result) => (ran = result));
    while (!text.test(this.printed)) {
      if (ran) throw new Error(`ended with ${ran.code} before ${text}:\n${ran.stdout}${ran.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.printed;
  }

  /** Send a signal to the process group, as Ctrl-C in a terminal does. */
  signal(signal: NodeJS.Signals): void {
    process.kill(-(this.process?.pid ?? 0), signal);
  }

  /** How it ended. */
  end(): Promise<Ran> {
    if (this.ended === undefined) throw new Error("It was not started.");
    return this.ended;
  }

  /** Run it again beside the first, e.g. to end that. */
  async beside(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<Ran> {
    await this.workspace.compile();
    const command = ["node", ...this.workspace.program("try"), ...args];
    return runCommand(command, { cwd: this.workspace.folder, env: this.environment(extra) });
  }

  /** Run a line of the tour as it is pasted into a shell. */
  paste(command: string): Promise<Ran> {
    return runCommand(["sh", "-c", command], { cwd: this.workspace.folder, env: this.environment() });
  }

  /** What a trial has left in the folder for temporary files, and processes that know of that folder. */
  async left(): Promise<{ files: string[]; processes: string[] }> {
    const { stdout } = await runCommand(["ps", "axeww", "-o", "pid=,args="], {
      cwd: this.workspace.folder,
      env: process.env,
    });
    const processes = stdout.split("\n").filter((line) => line.includes(this.temporary));
    return { files: readdirSync(this.temporary), processes };
  }

  remove(): void {
    rmSync(this.temporary, { recursive: true, force: true });
  }
}
