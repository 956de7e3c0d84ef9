import { readdirSync, readFileSync, rmSync, type Stats, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve, sep } from "node:path";
import type { Reporter, SerializedError, TestModule, TestRunEndReason, Vitest } from "vitest/node";
import { testFilesOf } from "../left-out";
import { cacheKey } from "./cache-key";
import { dependenciesOf, type Sources } from "./dependencies";
import { fingerprintOf } from "./fingerprints";
import { merged } from "./observed";
import { cacheOf, dependenciesIn, type ResultCache, unchangedFiles } from "./result-cache";

const inStart = createRequire(resolve("start", "reporter.cjs"));
const { changedSince } = inStart("./file-stamps.cjs") as {
  changedSince(paths: readonly string[], started: number): boolean;
};
const { readJson } = inStart("./json-file.cjs") as { readJson(path: string): unknown };
const { writeWhole } = inStart("./write-whole.cjs") as { writeWhole(path: string, content: string): boolean };

const project = process.cwd();
/** A file for each key. */
const cacheFolder = join(project, "build", "unit", "results");
/** Before this process read any file. */
const started = performance.timeOrigin;

/**
 * Spares `npm run test:unit` the test files that have passed on the same day, and whose results depend on nothing that has
 * changed since. A line says how many these are. Every run of unit tests that does not watch records what results depend on,
 * in `build/unit/results`. CI neither reads nor writes these files; nor does a run with TEST_CACHE=off.
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
    const key = cacheKey(project, process.env, new Date(started).toISOString().slice(0, 10));
    this.cacheFile = join(cacheFolder, `${key}.json`);
    this.unchanged = unchangedIn(this.cacheFile);
    unit.config.setupFiles.unshift(join(project, "test/support/cached-results/observing.ts"));
    if (!isPlainRun()) return;
    unit.config.include = testFilesOf("unit").filter((file) => !this.unchanged.has(file));
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
    const fingerprint = (path: string) =>
      changedSince([resolve(project, path)], started) ? undefined : fingerprintOf(project, path);
    const cache = cacheOf(new Map([...notRun, ...passed]), fingerprint);
    writeWhole(this.cacheFile, JSON.stringify(cache));
    removeOld();
    const unexplained = modules.filter(
      (module) => module.state() === "failed" && this.unchanged.has(module.relativeModuleId),
    );
    if (unexplained.length > 0) this.vitest.logger.log(unexplainedText(unexplained));
    if (isPlainRun()) this.vitest.logger.log(notRunLine(notRun.size));
  }
}

/** How many test files a run has left out: one line. */
const notRunLine = (files: number): string =>
  `Not run again: ${files} test files that passed today and depend on nothing that has changed. TEST_CACHE=off runs all.\n`;

/** A run of everything also tests the cache. */
const unexplainedText = (modules: readonly TestModule[]): string =>
  [
    "Failed, although nothing has changed that their results were seen to depend on since they passed today:",
    ...modules.map(({ relativeModuleId }) => `  ${relativeModuleId}`),
    "Such a test depends on chance, on the time, or on what test/support/cached-results does not see.\n",
  ].join("\n");

const isRecorded = ({ config }: Vitest): boolean =>
  !config.watch &&
  config.testNamePattern === undefined &&
  process.env["TEST_CACHE"] !== "off" &&
  (process.env["CI"] ?? "") === "";

/** Whether this is `npm run test:unit` without arguments. */
const isPlainRun = (): boolean =>
  process.env["npm_lifecycle_event"] === "test:unit" &&
  process.argv.slice(2).join(" ") === "run --project unit";

function unchangedIn(file: string): Map<string, string[]> {
  const cache = readJson(file) as ResultCache | undefined;
  if (cache === undefined) return new Map();
  const files = unchangedFiles(cache, (path) => fingerprintOf(project, path));
  return new Map(files.map((each) => [each, dependenciesIn(cache, each)]));
}

/** Remove caches of other days. */
function removeOld(): void {
  for (const name of readdirSync(cacheFolder)) {
    const file = join(cacheFolder, name);
    if (Date.now() - statSync(file).mtimeMs > 24 * 3_600_000) rmSync(file, { force: true });
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
