import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

/** Folders that commands write: their names among those of a folder say nothing. */
const written = ["build", "cdktf.out", "node_modules"];

/**
 * What a path holds now: a hash of a file's content and whether it is a program, the names in a folder, or why nothing can
 * be read there. Outside the project, e.g. for a file of credentials, size and time stand for the content.
 *
 * @param path in the project, or a full one
 */
export function fingerprintOf(project: string, path: string): string {
  const full = resolve(project, path);
  try {
    const stat = statSync(full);
    if (isAbsolute(path)) return `outside ${stat.size} ${stat.mtimeMs} ${stat.ino}`;
    if (stat.isDirectory()) return `folder ${hashOf(namesIn(full).join("\0"))}`;
    if (!stat.isFile()) return "special file";
    return `${(stat.mode & 0o100) === 0 ? "file" : "program"} ${hashOf(readFileSync(full))}`;
  } catch (error) {
    // Code may look for a path that cannot exist, e.g. below a file, or with a name that is too long.
    return (error as NodeJS.ErrnoException).code ?? "unreadable";
  }
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !written.includes(name))
    .toSorted();

/** A hash that can be the name of a file. */
export const hashOf = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("base64url");
