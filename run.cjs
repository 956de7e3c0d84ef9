"use strict";

/**
 * Type-check and compile the project, then run one of its programs in this process:
 *
 *     node run.cjs main
 *     node run.cjs scripts/deploy dev --auto-approve
 *
 * Nothing runs on code that does not type-check: there, a renamed output of a contract would be `undefined` and drop
 * an encryption key without a word. This file is JavaScript because nothing is compiled yet when it starts.
 */
const { spawn } = require("node:child_process");
const { join } = require("node:path");

const build = join(__dirname, "build");
const [, , program, ...args] = process.argv;
const typescript = join(__dirname, "node_modules", "typescript", "bin", "tsc");
const compiler = spawn(process.execPath, [typescript, "-p", join(__dirname, "tsconfig.build.json")], {
  stdio: ["ignore", "pipe", "inherit"],
});
let printed = "";
compiler.stdout.on("data", (chunk) => {
  printed += chunk;
});
compiler.on("close", (code) => (code === 0 ? run() : explain()));

// Loading these takes as long as compiling, and does not have to wait for it.
require("cdktf");
require("zod");

function run() {
  process.argv = [process.argv[0], join(build, `${program}.js`), ...args];
  require(process.argv[1]);
}

function explain() {
  process.exitCode = 1;
  let report = printed;
  try {
    report = require(join(build, "scripts", "runner", "type-errors.js")).explainTypeErrors(printed);
  } catch {
    // What the compiler said is all there is to say.
  }
  // The cdktf CLI, which sets CDKTF_OUTDIR, repeats a failing app's standard error twice and its standard output once.
  (process.env.CDKTF_OUTDIR === undefined ? process.stderr : process.stdout).write(report);
}
