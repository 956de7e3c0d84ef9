import { readFileSync, realpathSync } from "node:fs";
import { writeWhole } from "../environment-files/whole-file";
import { CommandError } from "./command";

/**
 * Replace the text of a file. A reader sees the old text or the new one, never a part. A link stays a link, and the file keeps
 * its permissions.
 *
 * @param source the text that the new one was made of
 * @throws CommandError when the file has changed since
 */
export function replaceFile(file: string, source: string, text: string): void {
  const path = realpathSync(file);
  writeWhole(path, text, () => {
    if (readFileSync(path, "utf8") !== source)
      throw new CommandError(
        `${file} has changed since it was read, so it was not written; run the command again`,
      );
  });
}
