import { relative } from "node:path";

/**
 * What is wrong with a disk or a folder, according to an error of Terraform, and what to do.
 *
 * @param error in one line
 * @param folder where the program writes
 * @returns `undefined` if the error is about something else
 */
export function diskProblem(error: string, folder: string): string | undefined {
  if (/no space left on device|disk quota exceeded|not enough space on the disk/i.test(error))
    return "The disk is full; free some space, and rerun the command.";
  if (/read-only file system/i.test(error)) return readOnly(folder);
  if (
    /(?:open|mkdir|write|create|rename|remove|unlink)\S* \S+: (?:permission denied|access is denied)/i.test(
      error,
    )
  )
    return notWritable(folder);
  return undefined;
}

const readOnly = (path: string) =>
  `${path} is on a read-only file system; run the command in a copy of the project that can be written.`;

const notWritable = (path: string) =>
  `${path} cannot be written; change its owner or permissions, e.g. if another user created it, and rerun the command.`;

/**
 * The same for an error of Node.js, with the path that it names.
 *
 * @returns `undefined` if it is no error of the file system that the user can solve
 * @see https://nodejs.org/api/errors.html#common-system-errors
 */
export function fileProblem(error: unknown): string | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (typeof path !== "string" && code !== "ENOSPC" && code !== "EDQUOT") return undefined;
  const place = path === undefined ? "The output" : fromHere(path);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return `${place} could not be written completely, because the disk is full; free some space, and rerun the command.`;
    case "EROFS":
      return readOnly(place);
    case "EACCES":
    case "EPERM":
      return notWritable(place);
    case "ENOTDIR":
    case "EEXIST":
      return `${place} is a file where a folder must be; remove it, and rerun the command.`;
    default:
      return undefined;
  }
}

/** A path in the current folder without that folder; any other as it is. */
function fromHere(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside === "" || inside.startsWith("..") ? path : inside;
}
