"use strict";

/**
 * What a program's last start found to be current, in `build/start/<program>.json`. While all of it is the same, the next
 * start skips the separate checks: it compares the stamps of fewer files, and computes no checksum.
 *
 * @typedef {object} LastStart
 * @property {string} runtime version of Node.js, and the folder of the project
 * @property {readonly string[]} files all that the start depends on: see `start-record.cjs`
 * @property {string} stamp the stamps of those
 */
const { join } = require("node:path");
const { stampOfAll } = require("./file-stamps.cjs");
const { readJson } = require("./json-file.cjs");

/** @param {string} program e.g. `scripts/synth` */
const inCache = (build, program, ending) => join(build, "start", `${program.replaceAll("/", "-")}.${ending}`);

const lastStartIn = (build, program) => inCache(build, program, "json");
const packIn = (build, program) => inCache(build, program, "pack");

/** What a cache is for: other versions of Node.js compile other code, and paths are full ones. */
const runtimeOf = (project) => `${process.version} ${process.platform} ${process.arch} ${project}`;

/** Whether nothing has changed since a program last started without a change. */
function isSameAsLastStart(project, program) {
  const last = readJson(lastStartIn(join(project, "build"), program));
  return last?.runtime === runtimeOf(project) && stampOfAll(last.files) === last.stamp;
}

module.exports = { isSameAsLastStart, lastStartIn, packIn, runtimeOf };
