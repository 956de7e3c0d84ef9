"use strict";

const { join } = require("node:path");
const { compile } = require("./compiler.cjs");
const { takeLock } = require("./lock.cjs");
const { forgetCheck, isChecked, recordCheck } = require("./type-check-record.cjs");

/**
 * Type-check and compile the project into `build`, unless nothing has changed since that last succeeded.
 *
 * @param {string} project folder of the project
 * @param {string | undefined} sources fingerprint of the sources. Without it, the compiler always runs
 * @param {(code: number | null, printed: string) => void} done called later with the compiler's exit code and output
 * @returns {boolean} whether the compiler runs. If not, nothing has changed, and `done` is not called
 */
function typeCheck(project, sources, done) {
  const isDone = () => sources !== undefined && isChecked(project, sources);
  if (isDone()) return false;
  const release = takeLock(join(project, "build", "start", "type-check.lock"));
  // Another process may have checked the same while this one waited.
  if (isDone()) {
    release();
    return false;
  }
  forgetCheck(project);
  const started = Date.now();
  compile(project, (code, printed) => {
    if (code === 0 && sources !== undefined) recordCheck(project, sources, started);
    release();
    done(code, printed);
  });
  return true;
}

module.exports = { typeCheck };
