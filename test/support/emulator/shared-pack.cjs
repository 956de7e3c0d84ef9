"use strict";

const { join } = require("node:path");
const { setFlags } = require("../../../start/engine-flags.cjs");
const { readPack } = require("../../../start/pack-file.cjs");
const { usePack } = require("../../../start/packed-modules.cjs");

/**
 * Load the modules of a copy of the project from what another copy of the same code has packed. The working folder is the
 * copy, compiled. Its environment files are its own, as they are in no pack. Without a pack every start reads and compiles
 * 700 files, which takes most of the CPU time of a command.
 *
 * @param {string} packed project that has the pack
 * @param {string} code fingerprint of its code
 * @returns {string} folder of the compiled programs
 */
function useSharedPack(packed, code) {
  setFlags();
  const build = join(process.cwd(), "build");
  const pack = readPack(join(packed, "build/start/scripts-synth.pack"), code);
  if (pack === undefined) throw new Error(`There is no pack in ${packed}, or it is stale.`);
  const contents = moved(pack.contents, join(packed, "build"), build);
  usePack({ ...pack, path: join(build, "start/elsewhere.pack"), contents });
  return build;
}

/** The contents with the paths of this copy's modules in place of the other's. */
function moved(contents, from, to) {
  const inner = (path) => JSON.stringify(path).slice(1, -1);
  const text = JSON.stringify({ modules: contents.modules, links: contents.links });
  return { ...contents, ...JSON.parse(text.replaceAll(inner(from), inner(to))) };
}

module.exports = { useSharedPack };
