import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

/**
 * Write a file beside, and rename it, so that nobody sees a part of it. One that exists keeps its mode.
 *
 * @param path of the file itself, not of a link to it
 * @param confirm runs last before the file is in its place; if it throws, the file stays as it is
 */
export function writeWhole(path: string, text: string, confirm: () => void = () => undefined): void {
  const draft = `${path}.${process.pid}.tmp`;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  try {
    writeFileSync(draft, text, { flag: "wx" });
    if (mode !== undefined) chmodSync(draft, mode & 0o7777);
    confirm();
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}
