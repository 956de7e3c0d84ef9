import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { generatedFolders } from "./generated-folders";

/**
 * What a path holds now: a hash of a file's content and whether it is executable, the names in a folder, or the code of the
 * error that reading it gives. Outside the project, size and time stand for the content, which may be secret.
 *
 * @param path in the project, or a full one
 */
export function fingerprintOf(project: string, path: string): string {
  const full = resolve(project, path);
  try {
    const stat = statSync(full);
    if (isAbsolute(path)) return `outside ${stat.size} ${stat.mtimeMs} ${stat.ino}`;
    if (stat.isDirectory()) return `folder ${hashOf(entriesOf(full, path).join("\0"))}`;
    if (!stat.isFile()) return "special file";
    return `${(stat.mode & 0o100) === 0 ? "file" : "executable"} ${hashOf(readFileSync(full))}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "unreadable";
  }
}

/** Names in a folder; those of folders end with a slash. */
const entriesOf = (full: string, path: string): string[] =>
  readdirSync(full, { withFileTypes: true })
    .filter(({ name }) => path !== "." || !generatedFolders.includes(name))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted();

/** A hash that can be the name of a file. */
export const hashOf = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("base64url");
