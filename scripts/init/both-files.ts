import {
  chmodSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { CommandError } from "../runner/command";

/** A file and its whole text. */
export interface FileText {
  readonly path: string;
  readonly text: string;
}

/**
 * Create one file and replace another: both, or none.
 *
 * @returns takes both back
 * @throws CommandError when the first exists; else as the file system does, with both files as they were
 */
export function writeBoth(created: FileText, replaced: FileText): () => void {
  const earlier = readFileSync(replaced.path, "utf8");
  if (existsSync(created.path))
    throw new CommandError(`${created.path} exists, and is not overwritten; nothing was written.`);
  replace(created.path, created.text);
  try {
    replace(realpathSync(replaced.path), replaced.text);
  } catch (error) {
    rmSync(created.path, { force: true });
    throw error;
  }
  return () => {
    replace(realpathSync(replaced.path), earlier);
    rmSync(created.path, { force: true });
  };
}

/** Write a file beside, and rename it, so that nobody sees a part of it. It keeps its mode. */
function replace(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  try {
    writeFileSync(draft, text, { flag: "wx" });
    if (mode !== undefined) chmodSync(draft, mode);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
