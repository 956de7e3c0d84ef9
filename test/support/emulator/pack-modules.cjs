"use strict";

/**
 * Pack the modules of a program of a compiled copy of the project, as run.cjs does, but without a type check:
 *
 *     node pack-modules.cjs scripts/synth
 *
 * The working folder is the copy. The first run packs the modules, the second one the code that V8 compiles from them.
 */
const { join } = require("node:path");
const { allowOptimization, setFlags } = require("../../../start/engine-flags.cjs");
const { fingerprints } = require("../../../start/fingerprint.cjs");
const { loadModules } = require("../../../start/load-modules.cjs");

setFlags();
const [node, , program] = process.argv;
const build = join(process.cwd(), "build");
const modules = loadModules(build, program, fingerprints(process.cwd()).code);
process.argv = [node, join(build, `${program}.js`)];
require(process.argv[1]);
allowOptimization();
modules.loaded();
