import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Create an empty file that only this user can read. Terraform writes into it and keeps its mode; a file that Terraform
 * creates itself could be read by everyone.
 */
export function createPrivateFile(path: string): void {
  rmSync(path, { force: true });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "", { mode: 0o600 });
}

/** Whether something was written to a private file. */
export const isWritten = (path: string): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
