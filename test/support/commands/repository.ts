import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import type { Workspace } from "../emulator/workspace";

const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];

/** Run git in a folder, without the settings of this machine. @returns what it prints, trimmed */
export function gitIn(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  return execFileSync("git", [...author, ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();
}

/** A copy of the project as a git repository with the branch `main`. */
export class Repository {
  constructor(readonly workspace: Workspace) {
    this.git("init", "--quiet", "--initial-branch=main");
    // What tests put there and a user does not have: packages as a link, which .gitignore does not name, and the mirror.
    appendFileSync(
      join(workspace.folder, ".git/info/exclude"),
      "/node_modules\n/terraform.rc\n/tsconfig.transpile.json\n",
    );
    this.commit("chore: start");
  }

  git(...args: readonly string[]): string {
    return gitIn(this.workspace.folder, ...args);
  }

  /** Commit everything. @returns its 40 hexadecimal digits */
  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  /** Forget all changes, committed or not, and be at a branch as it is. */
  reset(branch = "main"): void {
    this.git("checkout", "--quiet", "--force", branch);
    this.git("clean", "--quiet", "--force", "-d");
  }

  /** What reviews have left besides the stacks that they keep: worktrees, for git and on disk. */
  leftovers(): string[] {
    const folder = join(this.workspace.folder, "build/review");
    const listed = this.git("worktree", "list", "--porcelain")
      .split("\n")
      .filter((line) => line.startsWith("worktree "));
    const files = existsSync(folder)
      ? readdirSync(folder).filter((name) => !/^[0-9a-f]{40}\.json$/.test(name))
      : [];
    return [...listed.slice(1), ...files];
  }
}

/**
 * Stands in front of npm: notes the folder and arguments of every start, then does what a line of shell says, by default
 * running the real npm.
 *
 * @param act shell that may look at `$*`, e.g. to fail at `ci`
 */
export function recordNpm(workspace: Workspace, act = "") {
  const folder = join(workspace.folder, "build", "npm-recorder");
  const log = join(folder, "starts");
  mkdirSync(folder, { recursive: true });
  const path = process.env["PATH"] ?? "";
  writeFileSync(
    join(folder, "npm"),
    `#!/bin/sh\nprintf '%s\\t%s\\n' "$PWD" "$*" >> "${log}"\n${act}\nPATH='${path}' exec npm "$@"\n`,
  );
  chmodSync(join(folder, "npm"), 0o755);
  writeFileSync(log, "");
  return {
    variables: { PATH: `${folder}${delimiter}${path}` },
    /** Arguments of every start so far. */
    starts: (): string[] =>
      readFileSync(log, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => line.split("\t")[1] ?? ""),
  };
}
