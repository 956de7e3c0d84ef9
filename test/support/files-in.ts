import { readdirSync } from "node:fs";
import { posix } from "node:path";
import { generatedFolders } from "./cached-results/generated-folders";

/**
 * Every file in a folder of the project and below it, except generated folders, such as `node_modules`, and names that begin with
 * a dot. A test file that imports this runs again when a file is added to any folder that some test lists with it: see
 * test/support/cached-results.
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
