import { posix } from "node:path";
import { importedPaths, withoutTypeImports } from "../imported-paths";
import { anyFile, type Observed, unknowable } from "./observed";

/** The files of the project, by their paths in it, e.g. `layers/state.ts`. */
export interface Sources {
  isFile(path: string): boolean;
  text(path: string): string;
  /** Paths in a folder, of all files and folders below it. */
  below(folder: string): readonly string[];
}

/**
 * What the result of each test file depends on: the file, its snapshots, what it imports, what these import, and so on, and
 * what it and they have read. What a module has read counts for all that import it, because it may keep what it read.
 *
 * @returns paths as {@link Observed} has them, which include {@link unknowable} for a file that always runs
 */
export function dependenciesOf(
  testFiles: readonly string[],
  observed: Observed,
  sources: Sources,
): Map<string, string[]> {
  const imports = new Map<string, readonly string[]>();
  const importsOf = (file: string) => {
    const known = imports.get(file);
    if (known !== undefined) return known;
    const found = [...importedFiles(file, sources), ...(observed.loads[file] ?? [])];
    imports.set(file, found);
    return found;
  };
  const dependencies = (testFile: string) => {
    const modules = new Set([testFile]);
    // A set that grows during the loop yields what was added, too.
    for (const file of modules) for (const imported of importsOf(file)) modules.add(imported);
    const reads = [anyFile, ...modules].flatMap((file) => observed.reads[file] ?? []);
    return [...new Set([...modules, snapshotsOf(testFile), ...reads])].toSorted();
  };
  return new Map(testFiles.map((testFile) => [testFile, dependencies(testFile)]));
}

const snapshotsOf = (testFile: string): string =>
  posix.join(posix.dirname(testFile), "__snapshots__", `${posix.basename(testFile)}.snap`);

/** The files that a source imports; {@link unknowable} for an import that this does not understand. */
function importedFiles(file: string, sources: Sources): string[] {
  if (!/\.[cm]?[jt]s$/.test(file) || !sources.isFile(file)) return [];
  const text = withoutTypeImports(sources.text(file));
  const inProject = (path: string) => posix.join(posix.dirname(file), path);
  const named = importedPaths(text)
    .filter((path) => path.startsWith("."))
    .map((path) => fileNamed(inProject(path), sources) ?? unknowable);
  const computed = computedImports(text).flatMap((folder) =>
    folder === undefined || inProject(folder) === "./" ? [unknowable] : below(inProject(folder), sources),
  );
  return [...named, ...computed];
}

const fileNamed = (path: string, sources: Sources): string | undefined =>
  [path, `${path}.ts`, path.replace(/\.js$/, ".ts"), `${path}.json`].find((each) => sources.isFile(each));

/**
 * Of each import whose path is no literal, the folder that the path begins with; `undefined` if it does not begin with one,
 * and for what else vitest can import.
 */
const computedImports = (text: string): (string | undefined)[] => [
  ...[...text.matchAll(computedImport)].map(([, folder]) => folder),
  ...[...text.matchAll(viteImport)].map(() => undefined),
];

const blank = "\\s*(?:/\\*.*?\\*/\\s*)?";
const literal = `["'][^"'\\n]*["']\\s*[,)]`;
const fromFolder = "`(\\.[^`$]*/)\\$\\{[^`]*`\\s*\\)";
const computedImport = new RegExp(
  `\\bimport\\s*\\((?!${blank}(?:\\)|${literal}))(?:${blank}${fromFolder})?`,
  "g",
);
const viteImport = /\bimport\.meta\.glob|\bvi\.(?:importActual|importMock|mock|doMock)\b/g;

/** Any file below a folder may be imported, and one may be added. */
const below = (folder: string, sources: Sources): string[] => [
  posix.normalize(folder).replace(/\/$/, ""),
  ...sources.below(folder).map((path) => posix.join(folder, path)),
];
