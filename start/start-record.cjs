"use strict";

/** Records what a start found to be current: see `last-start.cjs`. */
const { join } = require("node:path");
const { filesOfProgram } = require("./checked-files.cjs");
const { changedSince, stampOfAll } = require("./file-stamps.cjs");
const { fingerprints, fingerprintsIn } = require("./fingerprint.cjs");
const { lastStartIn, packIn, runtimeOf } = require("./last-start.cjs");
const { readPack } = require("./pack-file.cjs");
const { recordIn } = require("./type-check-record.cjs");
const { writeWhole } = require("./write-whole.cjs");

/**
 * When the program ends, record that it started from a whole pack and that nothing has changed since. The files are all
 * sources, those of this program's type check, those that its pack stands for, the pack, and the records of the cache.
 *
 * @param {string} project folder of the project
 * @param {string} program e.g. `scripts/synth`
 * @param {string} code fingerprint of the project's code
 * @param {number} started before anything was checked, in milliseconds since 1970
 */
function recordStart(project, program, code, started) {
  process.on("exit", () => {
    const build = join(project, "build");
    const packPath = packIn(build, program);
    const packStamp = stampOfAll([packPath]);
    const pack = readPack(packPath, code);
    if (pack === undefined) return;
    const checked = [
      ...fingerprints(project).read,
      fingerprintsIn(project),
      recordIn(project),
      ...filesOfProgram(project, program),
      ...pack.contents.files,
    ];
    const files = [...new Set(checked), packPath];
    const stamp = stampOfAll(files);
    if (changedSince(checked, started) || stampOfAll([packPath]) !== packStamp) return;
    writeWhole(lastStartIn(build, program), JSON.stringify({ runtime: runtimeOf(project), files, stamp }));
  });
}

module.exports = { recordStart };
