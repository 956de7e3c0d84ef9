"use strict";

const { mkdirSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

/**
 * Write a file of the cache so that no process ever reads half of it. A failure, e.g. on a full disk, is ignored: it makes
 * the next command slower, not wrong.
 *
 * @param {string} path
 * @param {string | Uint8Array} content
 * @returns {boolean} whether it was written
 */
function writeWhole(path, content) {
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
    return true;
  } catch {
    rmSync(temporary, { force: true });
    return false;
  }
}

module.exports = { writeWhole };
