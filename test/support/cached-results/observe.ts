import childProcess from "node:child_process";
import fs from "node:fs";
import Module, { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { isAbsolute, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import workerThreads from "node:worker_threads";
import { addTo, anyFile, type Observed, unknowable } from "./observed";
import { pathInProject } from "./path-in-project";

/**
 * Watches a process of tests: which modules of the project load which others, and which files their code reads. Functions
 * of Node.js are replaced by ones that take note and do the same. This module is loaded once per process.
 */
const project = process.cwd();
const temporary = [tmpdir(), fs.realpathSync(tmpdir())];

/** Functions whose first argument is a path that they read, or look for. */
const readers = [
  ...["access", "copyFile", "createReadStream", "exists", "link", "lstat", "open", "openAsBlob"],
  ...["readFile", "readdir", "readlink", "realpath", "rename", "stat"],
];
/** Functions that can read more than what their arguments name, or later. */
const unboundedReaders = ["cp", "glob", "opendir", "watch", "watchFile"];
const processStarters = ["exec", "execFile", "fork", "spawn"];

// biome-ignore lint/suspicious/noExplicitAny: functions of any kind are replaced by ones of the same kind.
type AnyFunction = (...args: any[]) => unknown;
type Functions = Record<string, AnyFunction | undefined>;

let loads = new Map<string, Set<string>>();
let reads = new Map<string, Set<string>>();
/** All that has been read since the last test file ended. */
let recent = new Set<string>();

/** @returns what was noted since the last call; every read since then also counts for the test file */
export function observedBy(testFile: string): Observed {
  const all = new Map(reads).set(testFile, recent);
  const lists = (from: ReadonlyMap<string, ReadonlySet<string>>) =>
    Object.fromEntries([...from].map(([file, paths]) => [file, [...paths]]));
  const observed = { loads: lists(loads), reads: lists(all) };
  loads = new Map();
  reads = new Map();
  recent = new Set();
  return observed;
}

/** The path in the project of a source. For what Node.js loads from `build/unit`, that of the source it is compiled from. */
const sourceOf = (path: string): string =>
  pathInProject(path)
    .replace(/^build\/unit\/(.*)\.js$/, "$1.ts")
    .replace(/^build\/unit\//, "");

const isInProject = (path: string): boolean =>
  path.startsWith(project + sep) && !path.includes("/node_modules/");

/** The file whose code is running; {@link anyFile} for code of a package, and for what no code of a file asked for. */
function runningFile(): string | typeof snapshots {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  Error.prepareStackTrace = (_, sites) => sites;
  const holder: { stack?: NodeJS.CallSite[] } = {};
  captureStackTrace.call(Error, holder, runningFile);
  const sites = holder.stack ?? [];
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  for (const site of sites) {
    const name = site.getFileName() ?? "";
    const path = name.startsWith("file:") ? fileURLToPath(name) : name;
    if (isInProject(path) && !path.includes("/cached-results/observe.")) return sourceOf(path);
    if (path.includes("/@vitest/snapshot/")) return snapshots;
    // It may keep what it read, for all that call it.
    if (path.includes("/node_modules/")) return anyFile;
  }
  return anyFile;
}

/** Kept from the start, because app.ts replaces it while it builds stacks. That of without-token-traces.cjs skips CDKTF's traces only. */
const { captureStackTrace } = Error;

/** Vitest reads them for the test file that runs. */
const snapshots = Symbol("snapshots");

function noteRead(path: string): void {
  const from = runningFile();
  recent.add(path);
  if (from !== snapshots) addTo(reads, from, path);
}

/** The full path of an argument; `undefined` for a number, which stands for a file that has been opened. */
function fullPath(argument: unknown): string | undefined {
  if (typeof argument === "string" || Buffer.isBuffer(argument)) return resolve(String(argument));
  return argument instanceof URL ? fileURLToPath(argument) : undefined;
}

/** What stands for a path in the record; `undefined` for what tests make, and for what package-lock.json decides. */
function recordable(full: string): string | undefined {
  const inProject = pathInProject(full);
  if (/^\.\.(?:\/|$)/.test(inProject) || isAbsolute(inProject))
    return temporary.some((folder) => full === folder || full.startsWith(folder + sep)) ? undefined : full;
  // An app looks for its folder, and makes it. The sources decide what is in build/unit.
  if (/(?:^|\/)node_modules(?:\/|$)|^cdktf\.out(?:\/stacks)?$|^build\/unit(?:\/|$)/.test(inProject))
    return undefined;
  if (/^(?:build|cdktf\.out)(?:\/|$)/.test(inProject)) return unknowable;
  return inProject === "" ? "." : inProject;
}

function noteReadOf([argument, options]: readonly unknown[]): void {
  const path = fullPath(argument);
  if (path === undefined || !noteIfRecordable(path)) return;
  if ((options as { recursive?: boolean } | null | undefined)?.recursive)
    for (const folder of foldersBelow(path)) noteIfRecordable(folder);
}

/** @returns whether it is */
function noteIfRecordable(full: string): boolean {
  const recorded = recordable(full);
  if (recorded !== undefined) noteRead(recorded);
  return recorded !== undefined;
}

const { readdirSync, statSync } = fs;

/** None below what is missing: what was called fails for itself. */
function foldersBelow(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .flatMap(({ name }) => [resolve(folder, name), ...foldersBelow(resolve(folder, name))]);
}

type Note = (args: readonly unknown[]) => void;

/** A function that takes note of its arguments, and then calls the original. */
function withNote(original: AnyFunction, note: Note): AnyFunction {
  return function (this: unknown, ...args: unknown[]): unknown {
    try {
      note(args);
    } catch {
      // The function itself says what is wrong with its arguments.
      recent.add(unknowable);
    }
    return original.apply(this, args);
  };
}

/** Replace functions, and those of their own that some have: `realpath.native`, and what `util.promisify` calls. */
function observe(owner: object, names: readonly string[], note: Note): void {
  const functions = owner as Functions;
  for (const name of names.flatMap((each) => [each, `${each}Sync`])) {
    const original = functions[name];
    if (original === undefined) continue;
    const properties = Object.getOwnPropertyDescriptors(original) as Record<PropertyKey, PropertyDescriptor>;
    for (const key of ["native", promisify.custom])
      if (properties[key]) properties[key].value = withNote(properties[key].value as AnyFunction, note);
    functions[name] = Object.defineProperties(withNote(original, note), properties);
  }
}

const noteUnknowable = (): void => noteRead(unknowable);

for (const functions of [fs, fs.promises]) {
  observe(functions, readers, noteReadOf);
  observe(functions, unboundedReaders, ([argument]) => {
    const path = fullPath(argument);
    // Of a pattern of `glob`, the folder is an option.
    if (path === undefined || recordable(path) !== undefined) noteUnknowable();
  });
}
observe(childProcess, processStarters, noteUnknowable);
workerThreads.Worker = new Proxy(workerThreads.Worker, {
  construct(target, args, newTarget) {
    noteUnknowable();
    return Reflect.construct(target, args, newTarget);
  },
});
syncBuiltinESMExports();

const loader = Module as unknown as {
  _load(request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]): unknown;
  _resolveFilename(request: string, parent: NodeJS.Module): string;
};
const { _load: load } = loader;
loader._load = function (request, parent, ...rest) {
  // Before it is loaded: a module that throws an error is a dependency, too.
  if (parent?.filename && isInProject(parent.filename) && /^[./]/.test(request)) noteLoad(request, parent);
  return load.call(this, request, parent, ...rest);
};

function noteLoad(request: string, parent: NodeJS.Module): void {
  try {
    const filename = loader._resolveFilename(request, parent);
    if (isInProject(filename)) addTo(loads, sourceOf(parent.filename), sourceOf(filename));
  } catch {
    noteUnknowable();
  }
}
