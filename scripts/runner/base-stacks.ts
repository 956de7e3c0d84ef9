import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stacks } from "../review/revisions/stack-json";
import { provideModules } from "./base-modules";
import { CommandError } from "./command";
import { folderInRepository, git } from "./git";
import { interruptible } from "./interruption";
import { stoppable } from "./stoppable";
import { writtenStacks } from "./written-stacks";

/** Where base revisions are checked out and their stacks are kept, by commit. Git ignores it. */
const folder = join("build", "review");

/**
 * The stacks of a commit. It is synthesized in a git worktree of its own, which is removed again, also after a failure and
 * after Ctrl-C. The stacks are kept, so the next review with the same base takes no time.
 *
 * @param commit 40 hexadecimal digits
 * @throws CommandError when it cannot be synthesized, and after a signal
 */
export async function baseStacks(commit: string): Promise<Stacks> {
  const kept = join(folder, `${commit}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8")) as Stacks;
  mkdirSync(folder, { recursive: true });
  const stacks = await interruptible(
    (signal) => synthesizedAt(commit, signal),
    () => "There is no review.",
  );
  // Whole or not at all, also if two reviews run at the same time.
  writeFileSync(`${kept}.${process.pid}`, JSON.stringify(stacks));
  renameSync(`${kept}.${process.pid}`, kept);
  return stacks;
}

async function synthesizedAt(commit: string, signal: AbortSignal): Promise<Stacks> {
  const worktree = mkdtempSync(join(folder, `${commit.slice(0, 12)}-`));
  try {
    git(
      ["worktree", "add", "--quiet", "--force", "--detach", worktree, commit],
      `The base ${commit.slice(0, 12)} cannot be checked out to ${worktree}.`,
    );
    const project = join(worktree, folderInRepository());
    if (!existsSync(join(project, "package.json")))
      throw new CommandError(
        `The base ${commit.slice(0, 12)} has no package.json in this folder; choose a --base that has this project here.`,
      );
    await provideModules(project, signal);
    await synthesizeIn(project, commit, signal);
    return writtenStacks(join(project, "cdktf.out"));
  } finally {
    removeWorktree(worktree);
  }
}

/** Git only forgets it: its own removal stops at the first file that it cannot remove. */
function removeWorktree(worktree: string): void {
  rmSync(worktree, { recursive: true, force: true, maxRetries: 3 });
  try {
    git(["worktree", "remove", "--force", worktree], "");
  } catch {
    // It was never added, or git has forgotten it already.
  }
}

async function synthesizeIn(project: string, commit: string, signal: AbortSignal): Promise<void> {
  const { CDKTF_OUTDIR: _, ...env } = process.env;
  const { code, printed } = await stoppable(["npm", "run", "--silent", "synth"], {
    ...{ cwd: project, env, signal },
  });
  if (code !== 0)
    throw new CommandError(
      `The base ${commit.slice(0, 12)} cannot be synthesized, so there is nothing to compare with; choose another --base, or correct the base first. It says:\n${printed}`,
    );
}
