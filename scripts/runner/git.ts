import { execFileSync } from "node:child_process";
import { CommandError } from "./command";

/**
 * What a git command prints, without white space at its ends.
 *
 * @throws CommandError with `failure` when git fails or is not installed
 */
export function git(args: readonly string[], failure: string): string {
  // Git gives a hook the index of the commit, which is not that of a worktree. https://git-scm.com/docs/githooks
  const { GIT_INDEX_FILE: _, ...env } = process.env;
  try {
    return execFileSync("git", args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === "ENOENT") throw new CommandError("git is not installed; install it, and rerun the command.");
    const [reason] = (stderr ?? "").trim().split("\n");
    throw new CommandError(reason ? `${failure}\ngit: ${reason}` : failure);
  }
}

/**
 * The commit from which the work since a base started, as a pull request compares.
 *
 * @param base branch, tag or commit, e.g. `origin/main`
 * @returns 40 hexadecimal digits
 * @throws CommandError when this is no git repository, and when there is no such commit
 */
export function commonCommit(base: string): string {
  const shallow = isShallow();
  const commit = git(
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`],
    `--base ${base}: no such branch, tag or commit${shallow ? " in this shallow clone" : ""}; fetch it, e.g. with git fetch origin`,
  );
  return git(
    ["merge-base", commit, "HEAD"],
    shallow
      ? `--base ${base}: this shallow clone does not have the commit that it and HEAD have in common; fetch the whole history, e.g. with git fetch --unshallow, or in a pipeline with fetch-depth: 0 (GitHub) or GIT_DEPTH: 0 (GitLab)`
      : `--base ${base} and HEAD have no commit in common; choose a base from the same history`,
  );
}

/** Whether older commits are missing. @throws CommandError when this is no git repository */
const isShallow = (): boolean =>
  git(
    ["rev-parse", "--is-shallow-repository"],
    "This folder is not in a git repository, so there is no base to compare with.",
  ) === "true";

/** The path of this folder from the top of its repository; empty at the top. */
export const folderInRepository = (): string =>
  git(["rev-parse", "--show-prefix"], "This folder is not in a git repository.");

/** The commit that is checked out, and whether files differ from it. */
export interface CheckedOut {
  /** 40 hexadecimal digits. */
  readonly commit: string;
  readonly isDirty: boolean;
}

/** @throws CommandError when this is no git repository */
export function checkedOut(): CheckedOut {
  const commit = git(["rev-parse", "HEAD"], "This folder is no git repository with a commit.");
  return { commit, isDirty: git(["status", "--porcelain"], "git status failed.") !== "" };
}

/** E.g. `1a2b3c4d5e6f with uncommitted changes`. */
export const headName = ({ commit, isDirty }: CheckedOut): string =>
  `${commit.slice(0, 12)}${isDirty ? " with uncommitted changes" : ""}`;

/** What is checked out; in a folder without git, only that it is this one. */
export function headNameOrFolder(): string {
  try {
    return headName(checkedOut());
  } catch (error) {
    if (error instanceof CommandError) return "the files in this folder";
    throw error;
  }
}
