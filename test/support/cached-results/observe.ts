import childProcess from "node:child_process";
import fs from "node:fs";
import Module, { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import workerThreads from "node:worker_threads";
import { anyFile, type Observed, unknowable } from "./observed";

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
const searchers = ["cp", "glob", "opendir", "watch", "watchFile"];
const starters = ["exec", "execFile", "fork", "spawn"];

// biome-ignore lint/suspicious/noExplicitAny: functions of any kind are replaced by ones of the same kind.
type AnyFunction = (...args: any[]) => unknown;
type Functions = Record<string, AnyFunction | undefined>;

let loads = new Map<string, Set<string>>();
let reads = new Map<string, Set<string>>();
/** What has been read since the last test file ended. */
let recent = new Set<string>();

/** @returns what was noted since the last call, with all reads of the time as those of the test file */
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
function sourceOf(path: string): string {
  const inProject = relative(project, path).split(sep).join("/");
  return inProject.replace(/^build\/unit\/(.*)\.js$/, "$1.ts").replace(/^build\/unit\//, "");
}

const isOwn = (path: string): boolean => path.startsWith(project + sep) && !path.includes("/node_modules/");

/** The innermost file of the project whose code is running. */
function runningFile(): string {
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
    if (isOwn(path) && !path.includes("/cached-results/observe.")) return sourceOf(path);
    if (path.includes("/@vitest/snapshot/")) return snapshots;
  }
  return anyFile;
}

/** Of Node.js: CDKTF's own traces are switched off in tests. */
const { captureStackTrace } = Error;

/** In place of a file: vitest's snapshots, which only the test file that runs reads. */
const snapshots = "snapshots";

function note(into: Map<string, Set<string>>, from: string, path: string): void {
  const known = into.get(from);
  if (known === undefined) into.set(from, new Set([path]));
  else known.add(path);
}

function noteRead(path: string): void {
  const from = runningFile();
  recent.add(path);
  if (from !== snapshots) note(reads, from, path);
}

/** What stands for a path in the record; undefined for what tests make, and for what package-lock.json decides. */
function recordable(path: unknown): string | undefined {
  if (typeof path !== "string" && !Buffer.isBuffer(path) && !(path instanceof URL)) return undefined;
  const full = resolve(path instanceof URL ? fileURLToPath(path) : String(path));
  const inProject = relative(project, full).split(sep).join("/");
  if (inProject.startsWith("../") || isAbsolute(inProject))
    return temporary.some((folder) => full === folder || full.startsWith(folder + sep)) ? undefined : full;
  // A synthesis looks for its folder, and makes it. The sources decide what is in build/unit.
  if (/(?:^|\/)node_modules(?:\/|$)|^cdktf\.out(?:\/|$)|^build\/unit(?:\/|$)/.test(inProject))
    return undefined;
  if (/^build(?:\/|$)/.test(inProject)) return unknowable;
  return inProject === "" ? "." : inProject;
}

function noteReadOf([path, options]: readonly unknown[]): void {
  const recorded = recordable(path);
  if (recorded === undefined) return;
  noteRead(recorded);
  if ((options as { recursive?: boolean } | null | undefined)?.recursive)
    for (const folder of foldersBelow(resolve(String(path)))) {
      const below = recordable(folder);
      if (below !== undefined) noteRead(below);
    }
}

const { readdirSync } = fs;

function foldersBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .flatMap(({ name }) => [resolve(folder, name), ...foldersBelow(resolve(folder, name))]);
}

/** Replace functions by ones that first call another with the same arguments. */
function before(owner: object, names: readonly string[], first: (args: readonly unknown[]) => void): void {
  const functions = owner as Functions;
  for (const name of names.flatMap((each) => [each, `${each}Sync`])) {
    const original = functions[name];
    if (original === undefined) continue;
    const replacement = function (this: unknown, ...args: unknown[]): unknown {
      first(args);
      return original.apply(this, args);
    };
    // Some have functions of their own, such as realpath.native, or one for util.promisify.
    functions[name] = Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
  }
}

const noteUnknowable = (): void => noteRead(unknowable);

for (const functions of [fs, fs.promises]) {
  before(functions, readers, noteReadOf);
  before(functions, searchers, ([path]) => {
    if (recordable(path) !== undefined) noteUnknowable();
  });
}
before(childProcess, starters, noteUnknowable);
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
  const loaded = load.call(this, request, parent, ...rest);
  if (parent?.filename && isOwn(parent.filename) && /^[./]/.test(request)) {
    const filename = loader._resolveFilename(request, parent);
    if (isOwn(filename)) note(loads, sourceOf(parent.filename), sourceOf(filename));
  }
  return loaded;
};
