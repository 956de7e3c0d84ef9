import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stacks } from "../review/revisions/stack-json";
import { CommandError } from "./command";
import { git } from "./git";
import { writtenStacks } from "./written-stacks";

/** Where base revisions are checked out and their stacks are kept, by commit. Git ignores it. */
const folder = join("build", "review");

/**
 * The stacks of a commit. It is synthesized in a git worktree, which is removed again; the stacks are kept, so the next
 * review with the same base takes no time.
 *
 * @param commit 40 hexadecimal digits
 * @throws CommandError when it cannot be synthesized
 */
export function baseStacks(commit: string): Stacks {
  const kept = join(folder, `${commit}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8")) as Stacks;
  const worktree = join(folder, commit);
  checkOut(commit, worktree);
  provideModules(worktree);
  synthesizeIn(worktree);
  const stacks = writtenStacks(join(worktree, "cdktf.out"));
  // Whole or not at all, also if two reviews run at the same time.
  writeFileSync(`${kept}.${process.pid}`, JSON.stringify(stacks));
  renameSync(`${kept}.${process.pid}`, kept);
  rmSync(worktree, { recursive: true, force: true });
  git(["worktree", "remove", "--force", worktree], `${worktree} cannot be removed.`);
  return stacks;
}

/** An earlier review leaves its worktree only if it failed. Modules that somebody has installed there are used. */
function checkOut(commit: string, worktree: string): void {
  if (existsSync(join(worktree, "package.json"))) return;
  rmSync(worktree, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  git(
    ["worktree", "add", "--quiet", "--force", "--detach", worktree, commit],
    `${commit} cannot be checked out to ${worktree}.`,
  );
}

/** The same packages as here, if the lock file says so; others have to be installed. */
function provideModules(worktree: string): void {
  const modules = join(worktree, "node_modules");
  if (existsSync(modules)) return;
  const [ours, theirs] = [".", worktree].map((place) =>
    readFileSync(join(place, "package-lock.json"), "utf8"),
  );
  if (ours !== theirs)
    throw new CommandError(
      `The base has another package-lock.json, so it needs packages of its own. Run npm ci --prefix ${worktree}, and rerun the command.`,
    );
  symlinkSync(join(process.cwd(), "node_modules"), modules, "junction");
}

function synthesizeIn(worktree: string): void {
  const { CDKTF_OUTDIR: _, ...env } = process.env;
  const { status, error, stdout, stderr } = spawnSync("npm", ["run", "--silent", "synth"], {
    cwd: worktree,
    env,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  const output = [stderr, stdout].map((text) => text?.trim()).filter(Boolean);
  throw new CommandError(
    [`The base cannot be synthesized in ${worktree}:`, ...(error ? [error.message] : output)].join("\n"),
  );
}
