import { readFileSync } from "node:fs";
import { writeBoth } from "../init/both-files";
import { listFile } from "../init/environment-list";
import { writeIfItSynthesizes } from "../init/synthesis-proof";
import { replaceFile } from "../runner/replaced-file";
import type { AdoptedFile } from "./adopted-file";

/**
 * Write the file, and let another process load the project and write its stacks. If it cannot, every file is as before.
 *
 * @throws CommandError with what the other process printed, or after a signal
 */
export function writeAdopted(adopted: AdoptedFile): Promise<void> {
  return writeIfItSynthesizes({
    path: adopted.path,
    write: () => write(adopted),
    refusal: "The project does not synthesize with it; every file is as it was.",
    interrupted: `${adopted.path} is as it was.`,
  });
}

/** @returns takes it back */
function write({ path, text, source, list }: AdoptedFile): () => void {
  if (source === undefined)
    return writeBoth({ path, text }, { path: listFile, text: list ?? readFileSync(listFile, "utf8") });
  replaceFile(path, source, text);
  return () => replaceFile(path, text, source);
}
