"use strict";

const { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

/** A compiler takes seconds; after this long, the process that holds a lock is not compiling. */
const longestHeldMs = 120_000;

/** A holder writes its process ID right after it has created the lock. */
const longestWithoutHolderMs = 2_000;

/** After this long, a command says what it waits for. */
const silentMs = 5_000;
const turnMs = 50;

/**
 * Wait until no other process holds the lock, and take it.
 *
 * Without it, one process could load a file of `build` while another is writing it. The lock of a process that has ended
 * does not count.
 *
 * @param {string} file the lock, which holds the process ID of its holder
 * @returns {() => void} releases it
 * @throws NodeJS.ErrnoException if the lock cannot be written
 */
function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  for (let turn = 0; !take(file); turn++) {
    if (isAbandoned(file)) rmSync(file, { recursive: true, force: true });
    else wait(file, turn);
  }
  return () => {
    if (holderOf(file) === process.pid) rmSync(file, { force: true });
  };
}

function wait(file, turn) {
  if (turn === silentMs / turnMs)
    process.stderr.write(
      `Waiting for process ${holderOf(file)}, which is compiling the project. If it is not, delete ${file}.\n`,
    );
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, turnMs);
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
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  const heldMs = Date.now() - stat.mtimeMs;
  if (!stat.isFile() || heldMs > longestHeldMs) return true;
  const holder = holderOf(file);
  return holder === undefined ? heldMs > longestWithoutHolderMs : !isRunning(holder);
}

/** The process ID in a lock, if there is one. */
function holderOf(file) {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    return Number.isInteger(holder) && holder > 0 ? holder : undefined;
  } catch {
    // Its holder has just released it.
    return undefined;
  }
}

function isRunning(holder) {
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    // A process of another user is running, too.
    return error.code !== "ESRCH";
  }
}

module.exports = { takeLock };
