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
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

const build = join(__dirname, "build");
const [, , program, ...args] = process.argv;
const compiler = join(__dirname, "node_modules", "typescript", "bin", "tsc");
const compiled = spawnSync(process.execPath, [compiler, "-p", join(__dirname, "tsconfig.build.json")], {
  encoding: "utf8",
});

if (compiled.status === 0) {
  process.argv = [process.argv[0], join(build, `${program}.js`), ...args];
  require(process.argv[1]);
} else {
  process.exitCode = 1;
  let report = compiled.stdout + compiled.stderr;
  try {
    report = require(join(build, "scripts", "type-errors.js")).explainTypeErrors(report);
  } catch {
    // What the compiler said is all there is to say.
  }
  // The cdktf CLI, which sets CDKTF_OUTDIR, repeats a failing app's standard error twice and its standard output once.
  (process.env.CDKTF_OUTDIR === undefined ? process.stderr : process.stdout).write(report);
}
