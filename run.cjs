"use strict";

/**
 * Type-check and compile the project, then run one of its programs in the same process:
 *
 *     node run.cjs main
 *     node run.cjs scripts/deploy dev --auto-approve
 *
 * Code that does not type-check never runs: in it, a renamed contract output would be `undefined` and silently drop an
 * encryption key. These files are JavaScript because they run before anything is compiled.
 *
 * What has not changed is not checked again, and a program's modules are loaded from one file: see `start/`. The cache is
 * in `build/start`. RUN_CACHE=off ignores it: everything is compiled again and loaded, and nothing is cached.
 */
require("./start/node-version.cjs").checkNodeVersion();
const { join } = require("node:path");
const { allowOptimization, setFlags } = require("./start/engine-flags.cjs");
const { isSameAsLastStart, packIn } = require("./start/last-start.cjs");
const { openPack } = require("./start/pack-file.cjs");
const { usePack } = require("./start/packed-modules.cjs");

setFlags();

const build = join(__dirname, "build");
const [, , program, ...args] = process.argv;
const isCached = process.env.RUN_CACHE !== "off" && program !== undefined;

const pack = isCached && isSameAsLastStart(__dirname, program) ? openPack(packIn(build, program)) : undefined;
if (pack === undefined) startWithChecks();
else {
  usePack(pack);
  run();
}

/** Check and compile what has changed, and load what can be loaded from a pack. */
function startWithChecks() {
  const { existsSync } = require("node:fs");
  const { fingerprints } = require("./start/fingerprint.cjs");
  const { loadModules } = require("./start/load-modules.cjs");
  const { typeCheck } = require("./start/type-check.cjs");
  const started = Date.now();
  const { sources, code } = isCached ? fingerprints(__dirname) : {};
  const modules = loadModules(build, program, code);

  // Later runs compile only what has changed, in a second or two.
  const isFirst = !existsSync(join(build, `${program}.js`));
  const end = (exitCode, compilerOutput) => {
    if (exitCode !== 0) {
      modules.failed();
      return explain(compilerOutput);
    }
    modules.compiled();
    run();
    modules.loaded();
  };
  let compiling;
  try {
    compiling = typeCheck(__dirname, { sources, code }, end);
  } catch (error) {
    const problem = require("./start/unwritable.cjs").explainUnwritable(error);
    if (problem === undefined) throw error;
    process.exitCode = 1;
    return print(problem);
  }

  if (compiling) {
    if (isFirst && (process.stderr.isTTY || program === "scripts/try"))
      process.stderr.write("Compiling the project, which takes a while the first time.\n");
    // Loading these takes as long as compiling, so do it meanwhile.
    require("cdktf");
    require("zod");
    return;
  }
  run();
  modules.loaded();
  if (isCached) require("./start/start-record.cjs").recordStart(__dirname, program, code, started);
}

function run() {
  process.argv = [process.argv[0], join(build, `${program}.js`), ...args];
  require(process.argv[1]);
  allowOptimization();
}

/** Print why the project does not compile, and fail. */
function explain(compilerOutput) {
  process.exitCode = 1;
  let isPrinted = false;
  // What explains it loads environment files, and one of them may end the program.
  process.on("exit", () => {
    process.exitCode = 1;
    if (!isPrinted) print(compilerOutput);
  });
  print(explanation(compilerOutput));
  isPrinted = true;
}

/** The compiler's output in words for people, where there are any. */
function explanation(compilerOutput) {
  try {
    const { explainSyntaxErrors } = require(join(build, "scripts", "failures", "syntax-error.js"));
    return (
      explainSyntaxErrors(compilerOutput) ??
      require(join(build, "scripts", "runner", "type-errors.js")).explainTypeErrors(compilerOutput)
    );
  } catch {
    // An environment file threw, or nothing was compiled yet.
    return compilerOutput;
  }
}

/** The cdktf CLI, which sets CDKTF_OUTDIR, prints a failing app's standard error twice and its standard output once. */
function print(report) {
  (process.env.CDKTF_OUTDIR === undefined ? process.stderr : process.stdout).write(report);
}
