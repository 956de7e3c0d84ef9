import { existsSync, readdirSync, readFileSync, rmSync, type Stats, statSync } from "node:fs";
import { dirname, isAbsolute, join, posix, resolve, sep } from "node:path";
import type { Reporter, SerializedError, TestModule, TestRunEndReason, Vitest } from "vitest/node";
import { remembered } from "../../../modules/values/remembered";
import { changedSince, readJson, writeWhole } from "../emulator/start-modules";
import { cacheKey } from "./cache-key";
import { dependenciesOf, type Sources } from "./dependencies";
import { fingerprintOf } from "./fingerprints";
import { merged } from "./observed";
import { pathInProject } from "./path-in-project";
import { cacheOf, dependenciesIn, type ResultCache, unchangedFiles } from "./result-cache";

const project = process.cwd();
/** A file for each key. */
const cacheFolder = join(project, "build", "unit", "results");
/** Before this process read any file. */
const started = performance.timeOrigin;

/**
 * Makes `npm run test:unit` skip the test files that have passed on the same day (UTC), if nothing that their results depend on
 * has changed since. A line says how many these are. A run of whole files records in `build/unit/results` what
 * their results depend on. Runs in CI and runs with TEST_CACHE=off record nothing.
 */
export default class CachedResultsReporter implements Reporter {
  private vitest: Vitest | undefined;
  private cacheFile = "";
  /** What the result of each test file depends on, of those that would pass again. */
  private unchanged: ReadonlyMap<string, readonly string[]> = new Map();

  onInit(vitest: Vitest): void {
    const unit = vitest.projects.find(({ name }) => name === "unit");
    if (unit === undefined || !isRecorded(vitest)) return;
    this.vitest = vitest;
    const runner = join(project, "test/support/cached-results/recording-runner.ts");
    unit.config.runner = runner;
    const day = new Date(started).toISOString().slice(0, 10);
    const key = cacheKey(project, process.env, day, commonFilesOf([runner, ...unit.config.setupFiles]));
    this.cacheFile = join(cacheFolder, `${key}.json`);
    this.unchanged = unchangedIn(this.cacheFile);
    if (!isPlainRun) return;
    unit.config.exclude.push(...[...this.unchanged.keys()].map(asPattern));
    vitest.config.passWithNoTests = this.unchanged.size > 0;
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    if (this.vitest === undefined) return;
    const notRun = new Map(this.unchanged);
    for (const { relativeModuleId } of modules) notRun.delete(relativeModuleId);
    const isWhole = errors.length === 0 && reason !== "interrupted";
    const passed = isWhole ? passedOf(modules) : [];
    const cache = cacheOf(new Map([...notRun, ...passed]), fingerprintDuringRun);
    writeWhole(this.cacheFile, JSON.stringify(cache));
    removeOld();
    const unexplained = modules.filter((module) => module.state() === "failed" && this.isUnchanged(module));
    if (unexplained.length > 0) this.vitest.logger.log(unexplainedText(unexplained));
    if (notRun.size > 0 && isPlainRun) this.vitest.logger.log(notRunLine(notRun.size));
  }

  /** Whether nothing that the result of a test file depended on has changed, not even during the run. */
  private isUnchanged({ relativeModuleId }: TestModule): boolean {
    const paths = this.unchanged.get(relativeModuleId);
    return paths?.every((path) => fingerprintDuringRun(path) !== undefined) ?? false;
  }
}

/** What a path held from the start of the run to its end; `undefined` if it may have changed meanwhile. */
const fingerprintDuringRun = remembered(Number.POSITIVE_INFINITY, (path): string | undefined => {
  const fingerprint = fingerprintOf(project, path);
  // A path that cannot exist. The file system does not tell when it changed.
  if (["ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(fingerprint)) return fingerprint;
  const isMissing = fingerprint === "ENOENT" || fingerprint === "ENOTDIR";
  if (!isMissing && /^[A-Z]/.test(fingerprint)) return undefined;
  // What removes a file changes its folder, and what moves a folder changes that folder.
  const above = isAbsolute(path) ? [dirname(path)] : foldersAbove(path).map((each) => join(project, each));
  const root = isMissing && !above.some((folder) => existsSync(folder)) ? [project] : [];
  const checked = [resolve(project, path), ...above, ...root];
  return changedSince(checked, started) ? undefined : fingerprint;
});

/** e.g. `modules/kms` and `modules` for `modules/kms/kms-key.ts` */
const foldersAbove = (path: string): string[] =>
  path.includes("/") ? [posix.dirname(path), ...foldersAbove(posix.dirname(path))] : [];

/** How many test files a run has left out: one line. */
const notRunLine = (files: number): string =>
  `Not run again: ${files} test file${files === 1 ? "" : "s"} that passed today and depend on nothing that has changed. TEST_CACHE=off runs all.\n`;

/** A run of everything also tests the cache. */
const unexplainedText = (modules: readonly TestModule[]): string =>
  [
    "These test files passed today, and nothing that they were seen to depend on has changed, but now they fail:",
    ...modules.map(({ relativeModuleId }) => `  ${relativeModuleId}`),
    "They depend on chance, on the time, or on what test/support/cached-results does not see.\n",
  ].join("\n");

/** A pattern for one path. One that matches nothing leaves nothing out. */
const asPattern = (path: string): string => path.replace(/[^\w/.-]/g, "\\$&");

const commandLine = process.argv.slice(2).join(" ");

/** Whether the arguments name projects and whole test files at most, so that a file that passes has passed as a whole. */
const runsWholeFiles = /^run(?: --project[ =][^\s-]\S*)*(?: [^\s:-][^\s:]*)*$/.test(commandLine);

/** Whether this is `npm run test:unit` without arguments. */
const isPlainRun = process.env["npm_lifecycle_event"] === "test:unit" && commandLine === "run --project unit";

const isRecorded = ({ config }: Vitest): boolean =>
  !config.watch && runsWholeFiles && process.env["TEST_CACHE"] !== "off" && (process.env["CI"] ?? "") === "";

function unchangedIn(file: string): Map<string, string[]> {
  const cache = readJson(file) as ResultCache | undefined;
  if (cache === undefined) return new Map();
  const files = unchangedFiles(cache, (path) => fingerprintOf(project, path));
  return new Map(files.map((each) => [each, dependenciesIn(cache, each)]));
}

/** Remove caches older than 24 hours. Another run may be doing the same. */
function removeOld(): void {
  for (const name of existsSync(cacheFolder) ? readdirSync(cacheFolder) : []) {
    const file = join(cacheFolder, name);
    const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - written > 24 * 3_600_000) rmSync(file, { force: true });
  }
}

/** What the result of each unit test file that passed depends on. */
function passedOf(modules: readonly TestModule[]): Map<string, string[]> {
  const observed = modules.map((module) => module.meta().observed).filter((each) => each !== undefined);
  const passed = modules.filter((module) => module.state() === "passed" && module.meta().observed);
  return dependenciesOf(
    passed.map(({ relativeModuleId }) => relativeModuleId),
    merged(observed),
    sources,
  );
}

/** This file, others that decide how every test file runs, and what they import. */
function commonFilesOf(others: readonly string[]): string[] {
  const files = [__filename, ...others].map(pathInProject);
  const nothing = { loads: {}, reads: {} };
  return [...new Set([...dependenciesOf(files, nothing, sources).values()].flat())].toSorted();
}

const statOf = (path: string): Stats | undefined => statSync(join(project, path), { throwIfNoEntry: false });

const sources: Sources = {
  isFile: (path) => statOf(path)?.isFile() ?? false,
  text: (path) => readFileSync(join(project, path), "utf8"),
  below: (folder) =>
    // Code in a text may name a folder that does not exist.
    statOf(folder)?.isDirectory() === true
      ? readdirSync(join(project, folder), { recursive: true, encoding: "utf8" }).map((path) =>
          path.split(sep).join("/"),
        )
      : [],
};
