import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command";
import { stoppable } from "./stoppable";

/** Scripts of packages are not needed to synthesize, and the base may be older than a fix of one of them. */
const install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"];

/**
 * Give another revision of the project its packages: those of this folder if both have the same `package-lock.json`,
 * otherwise its own, which npm installs.
 *
 * @param project its folder, with no `node_modules` yet
 * @throws CommandError when they cannot be installed
 */
export async function provideModules(project: string, signal: AbortSignal): Promise<void> {
  if (lockIn(project) === lockIn("."))
    return symlinkSync(join(process.cwd(), "node_modules"), join(project, "node_modules"), "junction");
  process.stderr.write("The base has another package-lock.json; installing its packages.\n");
  const { code, printed } = await stoppable(install, { cwd: project, env: process.env, signal });
  if (code !== 0)
    throw new CommandError(
      `The base has another package-lock.json, and npm cannot install its packages; correct what npm says, and rerun the command.\n${printed}`,
    );
}

const lockIn = (folder: string): string => readFileSync(join(folder, "package-lock.json"), "utf8");
