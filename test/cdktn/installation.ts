import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package-lock.json, or the one that npm keeps in node_modules. */
interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

function packagesIn(path: string): Lock["packages"] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Lock).packages : {};
}

/** Whether cdktn and its bindings are installed in this folder, in the locked versions. */
export function isInstalled(): boolean {
  const installed = packagesIn(join(__dirname, "node_modules/.package-lock.json"));
  return Object.entries(packagesIn(join(__dirname, "package-lock.json")))
    .filter(([path]) => path !== "")
    .every(([path, { version }]) => installed[path]?.version === version);
}

/** Install them. @throws Error with what npm printed */
export function install(): void {
  execFileSync("npm", ["ci"], { cwd: __dirname, stdio: ["ignore", "ignore", "pipe"] });
}
