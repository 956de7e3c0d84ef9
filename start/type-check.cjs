"use strict";

/**
 * Type-check and compile the project into `build`, unless nothing has changed since that last succeeded.
 *
 * What was checked is known by the contents of the project's own files, and by the stamps of everything else that the
 * compiler read: the declarations of dependencies, their package.json files, and the folders of both, where a new file
 * could take precedence.
 */
const { spawn } = require("node:child_process");
const { existsSync, readFileSync, rmSync } = require("node:fs");
const { dirname, join, resolve } = require("node:path");
const { changedAt, stampOfAll } = require("./fingerprint.cjs");
const { takeLock } = require("./lock.cjs");
const { writeWhole } = require("./write-whole.cjs");

/**
 * @param {string} project folder of the project
 * @param {string | undefined} sources fingerprint of the sources. Without it, the compiler always runs
 * @param {(code: number | null, printed: string) => void} done called later with the compiler's exit code and output
 * @returns {boolean} whether the compiler runs. If not, nothing has changed, and `done` is not called
 */
function typeCheck(project, sources, done) {
  const build = join(project, "build");
  const record = join(build, "start", "type-check.json");
  if (isCurrent(record, sources)) return false;
  const release = takeLock(join(build, "start", "type-check.lock"));
  // Another process may have checked the same while this one waited.
  if (isCurrent(record, sources)) {
    release();
    return false;
  }
  // The compiler writes its output even if it finds errors, so what was recorded is no longer in `build`.
  rmSync(record, { force: true });
  const started = Date.now();
  compile(project, (code, printed) => {
    if (code === 0 && sources !== undefined) writeRecord(record, sources, filesRead(project, build), started);
    release();
    done(code, printed);
  });
  return true;
}

function isCurrent(record, sources) {
  if (sources === undefined) return false;
  try {
    const { checked, files, stamp } = JSON.parse(readFileSync(record, "utf8"));
    return checked === sources && stampOfAll(files) === stamp;
  } catch {
    return false;
  }
}

/** @param {number} started when the compiler started. What changed later it may have read before the change. */
function writeRecord(record, checked, { buildInfo, read }, started) {
  if (read.some((path) => changedAt(path) >= started)) return;
  const files = [buildInfo, ...read];
  writeWhole(record, JSON.stringify({ checked, files, stamp: stampOfAll(files) }));
}

/**
 * What the result depends on besides the project's own sources. The compiler lists the files that it read in its build
 * information, which changes when somebody compiles without this program.
 */
function filesRead(project, build) {
  const buildInfo = join(build, "tsconfig.tsbuildinfo");
  const {
    fileNames,
    packageJsons = [],
    missingPackageJsons = [],
  } = JSON.parse(readFileSync(buildInfo, "utf8"));
  const { executable, library } = nativeCompiler(project);
  const listed = [...fileNames, ...packageJsons, ...missingPackageJsons]
    .map((name) => (name.includes("/") ? resolve(build, name) : join(library, name)))
    .filter((path) => path.includes("node_modules"));
  const installed = join(project, "node_modules", ".package-lock.json");
  return { buildInfo, read: [installed, executable, ...listed, ...new Set(listed.map(dirname))] };
}

function nativeCompiler(project) {
  const { platform, arch } = process;
  const library = join(project, "node_modules", "@typescript", `typescript-${platform}-${arch}`, "lib");
  return { library, executable: join(library, platform === "win32" ? "tsc.exe" : "tsc") };
}

/** Run the compiler itself; the script `tsc` of its package starts a second Node.js for nothing else. */
function compile(project, done) {
  const settings = ["-p", join(project, "tsconfig.build.json")];
  const { executable } = nativeCompiler(project);
  const script = join(project, "node_modules", "typescript", "bin", "tsc");
  const native = existsSync(executable);
  if (!native)
    process.stderr.write(`TypeScript's compiler is not at ${executable}; running ${script} instead.\n`);
  const options = { stdio: ["ignore", "pipe", "inherit"] };
  const compiler = native
    ? spawn(executable, settings, options)
    : spawn(process.execPath, [script, ...settings], options);
  let printed = "";
  compiler.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  compiler.on("close", (code) => done(code, printed));
}

module.exports = { typeCheck };
