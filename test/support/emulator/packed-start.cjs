"use strict";

/**
 * Run a program of a copy of the project with the modules that another copy of the same code has packed:
 *
 *     node packed-start.cjs <project that has the pack> <fingerprint of its code> <program> <arguments>
 *
 * The working folder is the copy, compiled. Its environment files are its own, as they are in no pack. Without a pack every
 * start reads and compiles 700 files, which takes most of the CPU time of a command.
 */
const { join } = require("node:path");
const { setFlags } = require("../../../start/engine-flags.cjs");
const { readPack } = require("../../../start/pack-file.cjs");
const { usePack } = require("../../../start/packed-modules.cjs");

setFlags();
const [, , packed, code, program, ...args] = process.argv;
const build = join(process.cwd(), "build");
const pack = readPack(join(packed, "build/start/scripts-synth.pack"), code);
if (pack === undefined) throw new Error(`There is no pack in ${packed}, or it is stale.`);
usePack({ ...pack, path: join(build, "start/elsewhere.pack"), contents: moved(pack.contents) });
process.argv = [process.argv[0], join(build, `${program}.js`), ...args];
require(process.argv[1]);

/** The contents with the paths of this copy's modules in place of the other's. */
function moved(contents) {
  const inner = (path) => JSON.stringify(path).slice(1, -1);
  const text = JSON.stringify({ modules: contents.modules, links: contents.links });
  return { ...contents, ...JSON.parse(text.replaceAll(inner(join(packed, "build")), inner(build))) };
}
