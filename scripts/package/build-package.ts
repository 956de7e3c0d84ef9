import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type CompiledFiles, compiledFiles, importedPackages, withFork } from "./compiled-files";
import { libraryManifest } from "./manifest";

/**
 * Compile the library and write everything that `npm pack` needs.
 *
 * @param project absolute path of this project
 * @param folder absolute path of the package. What is there is deleted
 * @throws Error when the compiler fails, after it printed why
 */
export function buildPackage(project: string, folder: string): void {
  const read = (path: string) => readFileSync(join(project, path), "utf8");
  rmSync(folder, { recursive: true, force: true });
  compile(project, join(folder, "lib"));
  const files = compiledFiles(join(folder, "lib"));
  const { dependencies } = JSON.parse(read("test/cdktn/package.json"));
  const manifest = libraryManifest(JSON.parse(read("package.json")), dependencies, importedPackages(files));
  const written = {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "README.md": withoutLinks(read("docs/how-to/library.md")),
    LICENSE: read("LICENSE"),
    ...inFolder("cdktn", withFork(files, "../lib")),
  };
  for (const [path, text] of Object.entries(written)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Write the tarball of a built package into a folder. @returns its path */
export function pack(folder: string, into: string): string {
  const args = ["pack", "--json", "--pack-destination", into];
  const printed = execFileSync("npm", args, { cwd: folder, encoding: "utf8" });
  const [{ filename }] = JSON.parse(printed);
  return join(into, filename);
}

const inFolder = (folder: string, files: CompiledFiles): CompiledFiles =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

function compile(project: string, outDir: string): void {
  const manifest = createRequire(join(project, "package.json")).resolve("typescript/package.json");
  const compiler = join(dirname(manifest), "bin", "tsc");
  const args = ["-p", join(project, "tsconfig.package.json"), "--outDir", outDir, "--singleThreaded"];
  execFileSync(process.execPath, [compiler, ...args], { stdio: ["ignore", "inherit", "inherit"] });
}

/** A page without its links to others of this project, which the package does not have. */
const withoutLinks = (page: string): string => page.replace(/\[([^\]]+)\]\((?!https:)[^)]+\)/g, "$1");
