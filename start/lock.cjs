"use strict";

const { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

/** A compiler takes seconds; after this long, the process that holds a lock is not compiling. */
const longestHeldMs = 120_000;

/**
 * Wait until no other process holds the lock, and take it.
 *
 * Without it, one process could load a file of `build` while another is writing it. The lock of a process that has ended
 * does not count.
 *
 * @param {string} file the lock, which holds the process ID of its holder
 * @returns {() => void} releases it
 */
function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  return () => rmSync(file, { force: true });
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > longestHeldMs) return true;
    const holder = Number(readFileSync(file, "utf8"));
    // Still empty, because its holder has just created it.
    if (holder === 0) return false;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    // No such process. Where the lock itself is gone, or the process belongs to somebody else, the next turn decides.
    return error.code === "ESRCH";
  }
}

module.exports = { takeLock };
