import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CommandError } from "../../runner/command";

/**
 * Replace a folder by these files. The folder changes as a whole, or, if something fails, not at all.
 *
 * @param files contents by path in the folder
 * @param header first line of each file, which tells the files of an earlier run from others
 * @throws CommandError when the folder has a file that does not begin with the header, or is no folder
 */
export function replaceGenerated(folder: string, files: ReadonlyMap<string, string>, header: string): void {
  refuseOthers(folder, header);
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const [next, former] = [join(draft, "next"), join(draft, "former")];
    for (const [path, text] of files) {
      mkdirSync(dirname(join(next, path)), { recursive: true });
      writeFileSync(join(next, path), text);
    }
    moveInto(next, target, former);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function moveInto(next: string, target: string, former: string): void {
  const exists = existsSync(target);
  if (exists) renameSync(target, former);
  try {
    renameSync(next, target);
  } catch (error) {
    if (exists) renameSync(former, target);
    throw error;
  }
}

function refuseOthers(folder: string, header: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new CommandError(`${folder} is a file; choose a folder for --kustomize`);
  const other = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .find((path) => !beginsWith(path, header));
  if (other !== undefined)
    throw new CommandError(
      `${other} was not written by this command for this environment, and ${folder} would be replaced as a whole; choose another folder`,
    );
}

const beginsWith = (path: string, header: string): boolean =>
  statSync(path).isFile() && readFileSync(path, "utf8").startsWith(`${header}\n`);
