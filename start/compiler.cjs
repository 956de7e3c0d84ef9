"use strict";

/** TypeScript's compiler, which is a native program. */
const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

/**
 * Where npm installs it.
 *
 * @param {string} project folder of the project
 * @returns {{ library: string, executable: string }} the folder of the declarations of JavaScript itself, and the program
 */
function nativeCompiler(project) {
  const { platform, arch } = process;
  const library = join(project, "node_modules", "@typescript", `typescript-${platform}-${arch}`, "lib");
  return { library, executable: join(library, platform === "win32" ? "tsc.exe" : "tsc") };
}

/**
 * Compile the project, or a part of it. The script `tsc` of the compiler's package does nothing but start the native program
 * in a Node.js of its own, so it runs only if the program is somewhere else.
 *
 * @param {string} settings path of a `tsconfig.json`
 * @param {(code: number | null, printed: string) => void} done called with the exit code and what the compiler printed
 */
function compile(project, settings, done) {
  // Its threads would each check the types of the libraries again: twice the CPU time and more memory.
  const args = ["-p", settings, "--singleThreaded"];
  const { executable } = nativeCompiler(project);
  const script = join(project, "node_modules", "typescript", "bin", "tsc");
  const native = existsSync(executable);
  if (!native)
    process.stderr.write(`TypeScript's compiler is not at ${executable}; running ${script} instead.\n`);
  const options = { stdio: ["ignore", "pipe", "inherit"] };
  const compiler = native
    ? spawn(executable, args, options)
    : spawn(process.execPath, [script, ...args], options);
  let printed = "";
  compiler.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  compiler.on("close", (code) => done(code, printed));
}

/** Error number of the compiler. */
const couldNotWrite = "TS5033";

/**
 * Whether the compiler has checked all files and written all output. It does so even if it finds errors in the files, for which
 * 1 and 2 stand, but not if it refuses the settings.
 *
 * @param {number | null} exitCode
 * @param {string} printed what it printed
 * @param {string} buildInfo path of the build information that it writes
 */
const hasWrittenAll = (exitCode, printed, buildInfo) =>
  [0, 1, 2].includes(exitCode) && !printed.includes(couldNotWrite) && existsSync(buildInfo);

module.exports = { compile, hasWrittenAll, nativeCompiler };
