"use strict";

/** How a program's modules are loaded: from its pack, or else by Node.js, which makes a pack for the next time. */
const { packIn } = require("./last-start.cjs");
const { isCurrent, readPack, writePack } = require("./pack-file.cjs");
const { usePack } = require("./packed-modules.cjs");
const { startRecording } = require("./recording.cjs");

const nothing = () => undefined;

/**
 * @param {string} build folder of the compiled project
 * @param {string} program e.g. `scripts/synth`
 * @param {string | undefined} code fingerprint of the project's code. Without it, Node.js loads everything
 * @returns what to call when the compiler has run, when it has failed, and when the program is loaded
 */
function loadModules(build, program, code) {
  if (code === undefined || program === undefined)
    return { compiled: nothing, failed: nothing, loaded: nothing };
  const path = packIn(build, program);
  const pack = readPack(path, code);
  if (pack === undefined) return recordModules(path, build, code);
  const { contents } = pack;
  const endUse = usePack(pack);
  return {
    // The compiler may have written other code for the same sources, after somebody else compiled others.
    compiled: () => isCurrent(contents) || endUse(),
    failed: endUse,
    loaded: nothing,
  };
}

function recordModules(path, build, code) {
  const endRecording = startRecording(build);
  return {
    compiled: nothing,
    failed: nothing,
    loaded: () => {
      const recorded = endRecording(code);
      process.on("exit", () => writePack({ path, ...recorded }));
    },
  };
}

module.exports = { loadModules };
