import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../runner/command";
import { type Control, isAlive, listenForEnd } from "./control";

/** Places in the folder of a trial, which holds all that it writes. */
export interface TrialFolder {
  readonly path: string;
  /** Copy of the project. */
  readonly project: string;
  /** Socket of the trial: see {@link isAlive}. */
  readonly control: string;
  /** What commands of a trial that is ready need. */
  readonly record: string;
  /** All that the deployment prints. */
  readonly log: string;
}

/** Short, because the path of a socket has at most 103 characters on macOS. */
const prefix = "ecr-try-";

/**
 * The folder of the trial of a project. There is one for each copy of the project, so two of them can be tried at once.
 *
 * @param project @default - the working folder
 */
export function trialFolder(project: string = process.cwd()): TrialFolder {
  const owner = `${process.getuid?.() ?? ""} ${realpathSync(project)}`;
  const hash = createHash("sha256").update(owner).digest("hex").slice(0, 8);
  return placesIn(join(realpathSync(tmpdir()), `${prefix}${hash}`));
}

const placesIn = (path: string): TrialFolder => ({
  path,
  project: join(path, "project"),
  control: join(path, "control"),
  record: join(path, "trial.json"),
  log: join(path, "deploy.log"),
});

/**
 * Make the folder of a trial, for this process alone. What a trial that was killed has left there is removed.
 *
 * @param end called when another terminal asks for the end
 * @returns what listens for that
 * @throws CommandError when a trial of the same project is running
 */
export async function claim(folder: TrialFolder, end: () => void): Promise<Control> {
  const draft = placesIn(mkdtempSync(`${folder.path}-`));
  mkdirSync(join(draft.path, "tmp"));
  mkdirSync(draft.project);
  for (const file of ["aws-config", "aws-credentials"]) writeFileSync(join(draft.path, file), "");
  const control = await listenForEnd(draft.control, end);
  try {
    // The socket listens already when it gets its place, so whoever finds the place also finds out that it is taken.
    if (takePlace(draft, folder)) return control;
    await removeLeftovers(folder);
    if (takePlace(draft, folder)) return control;
    throw new CommandError(running);
  } catch (error) {
    control.close();
    rmSync(draft.path, { recursive: true, force: true });
    throw error;
  }
}

const running =
  "A trial of this project is running already. Use it from any terminal in this folder, or end it with: npm run try -- --down";

/** @returns whether the place was free */
function takePlace(draft: TrialFolder, folder: TrialFolder): boolean {
  try {
    renameSync(draft.path, folder.path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR") return false;
    throw error;
  }
}

/**
 * Remove what a trial that was killed has left.
 *
 * @returns whether there was anything
 * @throws CommandError when the trial is running, or the folder belongs to somebody else
 */
export async function removeLeftovers(folder: TrialFolder): Promise<boolean> {
  if (!isOwn(folder)) return false;
  if (await isAlive(folder.control)) throw new CommandError(running);
  remove(folder);
  return true;
}

/**
 * Whether the folder is there and belongs to this user.
 *
 * @throws CommandError when it belongs to somebody else, who could have put anything into it
 */
export function isOwn({ path }: TrialFolder): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid))
    throw new CommandError(
      `${path} was not made by a trial of yours; remove it, or set TMPDIR to another folder.`,
    );
  return true;
}

/** Remove the folder of a trial. A command that still writes there is given a second to end. */
export function remove({ path }: TrialFolder): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
