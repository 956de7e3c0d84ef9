import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package-lock.json, or the one that npm keeps in node_modules. */
interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

function packagesIn(path: string): Lock["packages"] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Lock).packages : {};
}

/** Whether the packages of a folder with its own package.json are installed, in the locked versions. */
export function isInstalled(folder: string): boolean {
  const installed = packagesIn(join(folder, "node_modules/.package-lock.json"));
  // An optional package is for one platform: the others are not installed.
  return Object.entries(packagesIn(join(folder, "package-lock.json")))
    .filter(([path, { optional }]) => path !== "" && optional !== true)
    .every(([path, { version }]) => installed[path]?.version === version);
}

/** Install them. @throws Error with what npm printed */
export function install(folder: string): void {
  execFileSync("npm", ["ci"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
}
