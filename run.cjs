"use strict";

/**
 * Type-check and compile the project, then run one of its programs in the same process:
 *
 *     node run.cjs main
 *     node run.cjs scripts/deploy dev --auto-approve
 *
 * Code that does not type-check never runs: in it, a renamed contract output would be `undefined` and silently drop an
 * encryption key. This file is JavaScript because it runs before anything is compiled.
 */
const { spawn } = require("node:child_process");
const { join } = require("node:path");

const build = join(__dirname, "build");
const [, , program, ...args] = process.argv;
const typescript = join(__dirname, "node_modules", "typescript", "bin", "tsc");
const compiler = spawn(process.execPath, [typescript, "-p", join(__dirname, "tsconfig.build.json")], {
  stdio: ["ignore", "pipe", "inherit"],
});
let compilerOutput = "";
compiler.stdout.on("data", (chunk) => {
  compilerOutput += chunk;
});
compiler.on("close", (code) => (code === 0 ? run() : explain()));

// Loading these takes as long as compiling, so do it meanwhile.
require("cdktf");
require("zod");

function run() {
  process.argv = [process.argv[0], join(build, `${program}.js`), ...args];
  require(process.argv[1]);
}

function explain() {
  process.exitCode = 1;
  let report = compilerOutput;
  try {
    report = require(join(build, "scripts", "runner", "type-errors.js")).explainTypeErrors(compilerOutput);
  } catch {
    // An environment file threw, or nothing was compiled yet: print the compiler's output unchanged.
  }
  // The cdktf CLI, which sets CDKTF_OUTDIR, prints a failing app's standard error twice and its standard output once.
  (process.env.CDKTF_OUTDIR === undefined ? process.stderr : process.stdout).write(report);
}
