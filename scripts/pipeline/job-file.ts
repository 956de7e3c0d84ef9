import { readFileSync } from "node:fs";
import { CommandError } from "../runner/command";

/**
 * The text of a file that an earlier step or job has written.
 *
 * @throws CommandError when it is not there, with what writes it
 */
export function jobFile(path: string, written: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new CommandError(`${path} does not exist; ${written} writes it. Look there for why it did not.`);
  }
}
