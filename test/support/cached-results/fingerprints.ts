import { createHash } from "node:crypto";
import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

/** Folders that commands write: their names among those of a folder say nothing. */
const written = ["build", "cdktf.out", "node_modules"];

/**
 * What a path holds now: a hash of a file's content, the names in a folder, or that nothing is there. Outside the project,
 * e.g. for a file of credentials, size and time stand for the content.
 *
 * @param path in the project, or a full one
 */
export function fingerprintOf(project: string, path: string): string {
  const full = resolve(project, path);
  const stat = statOf(full);
  if (stat === undefined) return "missing";
  if (isAbsolute(path)) return `outside ${stat.size} ${stat.mtimeMs} ${stat.ino}`;
  if (stat.isFile()) return hashOf(readFileSync(full));
  const names = readdirSync(full).filter((name) => !written.includes(name));
  return `folder ${hashOf(names.toSorted().join("\0"))}`;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // Code may look for a path below what is a file.
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** A hash that can be the name of a file. */
export const hashOf = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("base64url");
