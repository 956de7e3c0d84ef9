import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";

/** Compiled files and their type declarations: text by path, e.g. `modules/ecr/ecr-module.d.ts`. */
export type CompiledFiles = Readonly<Record<string, string>>;

/** The files in a folder, with the folders below it. */
export function compiledFiles(folder: string): CompiledFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    paths.map((path) => [
      path
        .slice(folder.length + 1)
        .split(sep)
        .join("/"),
      readFileSync(path, "utf8"),
    ]),
  );
}

/** What a file imports, in the forms that the compiler writes. */
const specifier = /(?<=\brequire\(|\bfrom |\bimport\(|\bimport )"([^"\n]+)"/g;

/** Packages that the files import, e.g. `@cdktf/provider-aws`. */
export function importedPackages(files: CompiledFiles): Set<string> {
  const specifiers = Object.values(files).flatMap((text) =>
    [...text.matchAll(specifier)].map(([, name = ""]) => name),
  );
  return new Set(
    specifiers
      .filter((name) => !name.startsWith(".") && !name.startsWith("node:"))
      .map((name) =>
        name
          .split("/")
          .slice(0, name.startsWith("@") ? 2 : 1)
          .join("/"),
      ),
  );
}

/**
 * The files that import CDKTF, themselves or through others, with its fork in place of it. They import all other files
 * from `shared`, so that an app never has two copies of one of those.
 *
 * @param shared folder of all files, from the folder that the result is written to: `../lib`
 */
export function withFork(files: CompiledFiles, shared: string): CompiledFiles {
  const depending = dependingOn(files, (name) => /^(?:cdktf|@cdktf\/provider-aws)(?:\/|$)/.test(name));
  const changed = Object.entries(files).filter(([path]) => depending.has(moduleOf(path)));
  return Object.fromEntries(
    changed.map(([path, text]) => [
      path,
      text.replace(specifier, (whole, name: string) => {
        if (!name.startsWith(".")) return whole.replace(/cdktf/, "cdktn");
        const target = posix.join(posix.dirname(path), name);
        if (depending.has(target)) return whole;
        return `"${posix.join(posix.relative(posix.dirname(path), "."), shared, target)}"`;
      }),
    ]),
  );
}

/** A file without its endings: code and type declarations are one module. */
const moduleOf = (path: string): string => path.replace(/(?:\.d)?\.[jt]s$/, "");

/** Modules that import a package, themselves or through other modules. */
function dependingOn(files: CompiledFiles, isPackage: (name: string) => boolean): Set<string> {
  const importers = new Map<string, Set<string>>();
  const found = new Set<string>();
  for (const [path, text] of Object.entries(files))
    for (const [, name = ""] of text.matchAll(specifier)) {
      if (isPackage(name)) found.add(moduleOf(path));
      if (!name.startsWith(".")) continue;
      const imported = posix.join(posix.dirname(path), name);
      importers.set(imported, (importers.get(imported) ?? new Set()).add(moduleOf(path)));
    }
  for (const module of found) for (const importer of importers.get(module) ?? []) found.add(importer);
  return found;
}
