import { readdirSync } from "node:fs";
import { posix } from "node:path";
import { generatedFolders } from "./cached-results/generated-folders";

/**
 * Every file in a folder of the project and below it, but for those that commands write, such as `node_modules`, and those whose
 * names begin with a dot. The cache of results takes note of every folder that any test lists with this for all that import it.
 *
 * @param folder path with slashes
 * @returns paths that begin with it
 */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || generatedFolders.includes(entry.name)) return [];
    const path = posix.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}
