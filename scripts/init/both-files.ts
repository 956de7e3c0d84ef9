import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { writeWhole } from "../environment-files/whole-file";
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
  writeWhole(created.path, created.text);
  try {
    writeWhole(realpathSync(replaced.path), replaced.text);
  } catch (error) {
    rmSync(created.path, { force: true });
    throw error;
  }
  return () => {
    writeWhole(realpathSync(replaced.path), earlier);
    rmSync(created.path, { force: true });
  };
}
