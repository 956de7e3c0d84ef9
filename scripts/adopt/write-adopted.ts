import { readFileSync, realpathSync } from "node:fs";
import { writeWhole } from "../environment-files/whole-file";
import { writeBoth } from "../init/both-files";
import { proveThatItSynthesizes } from "../init/synthesis-proof";
import { CommandError } from "../runner/command";
import { interruptible } from "../runner/interruption";
import { type AdoptedFile, listFile } from "./adopted-file";

/**
 * Write the file, and let another process load the project and write its stacks. If it cannot, every file is as before.
 *
 * @throws CommandError with what the other process printed, or after a signal
 */
export async function writeAdopted(adopted: AdoptedFile): Promise<void> {
  await interruptible(
    async (signal) => {
      const undo = write(adopted);
      try {
        process.stderr.write(`Checking that the project synthesizes with ${adopted.path} …\n`);
        await proveThatItSynthesizes(
          signal,
          "The project does not synthesize with it; every file is as it was.",
        );
      } catch (error) {
        undo();
        throw error;
      }
    },
    () => `${adopted.path} is as it was.`,
  );
}

/** @returns takes it back */
function write({ path, text, source, list }: AdoptedFile): () => void {
  if (source === undefined)
    return writeBoth({ path, text }, { path: listFile, text: list ?? readFileSync(listFile, "utf8") });
  const real = realpathSync(path);
  writeWhole(real, text, () => {
    if (readFileSync(real, "utf8") !== source)
      throw new CommandError(`${path} has changed since it was read, so it was not written; run adopt again`);
  });
  return () => writeWhole(real, source);
}
