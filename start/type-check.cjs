"use strict";

const { join } = require("node:path");
const { buildInfoIn } = require("./checked-files.cjs");
const { compile, hasWrittenAll } = require("./compiler.cjs");
const { takeLock } = require("./lock.cjs");
const { settingsOfEnvironments, takeEnvironmentOutputs, textOfList } = require("./environment-check.cjs");
const record = require("./type-check-record.cjs");

/**
 * Type-check and compile the project into `build`, unless nothing has changed since that last succeeded. After a change of
 * environment files alone, only these are checked.
 *
 * @param {string} project folder of the project
 * @param {{ sources?: string, code?: string }} fingerprints of the sources, with and without environment files. Without
 *   them, everything is checked
 * @param {(code: number | null, printed: string) => void} done called later with the compiler's exit code and output
 * @returns {boolean} whether the compiler runs. If not, nothing has changed, and `done` is not called
 */
function typeCheck(project, { sources, code }, done) {
  const isDone = () => sources !== undefined && record.isChecked(project, sources);
  if (isDone()) return false;
  const release = takeLock(join(project, "build", "start", "type-check.lock"));
  // Another process may have checked the same while this one waited.
  if (isDone()) {
    release();
    return false;
  }
  const end = (exitCode, printed) => {
    release();
    done(exitCode, printed);
  };
  const started = Date.now();
  const last = code === undefined ? undefined : record.lastCheckOf(project, code);
  const settings = last && settingsOfEnvironments(project, last.list);
  if (settings === undefined) checkAll(project, { sources, code }, end);
  else checkEnvironments(project, settings, { ...last, sources, code, started }, end);
  return true;
}

function checkAll(project, { sources, code }, end) {
  record.forgetAllChecks(project, sources === undefined);
  const started = Date.now();
  const list = textOfList(project);
  compile(project, join(project, "tsconfig.build.json"), (exitCode, printed) => {
    const passed = exitCode === 0 ? { sources, code, list } : {};
    if (sources !== undefined && hasWrittenAll(exitCode, printed, buildInfoIn(project)))
      record.recordCheck(project, passed, started);
    end(exitCode, printed);
  });
}

/** Check environment files alone, and everything if that is not enough. */
function checkEnvironments(project, settings, { sources, code, list, started }, end) {
  record.forgetCheck(project);
  compile(project, settings, (exitCode, printed) => {
    if (!takeEnvironmentOutputs(project, exitCode, printed)) return checkAll(project, { sources, code }, end);
    const passed = { sources: exitCode === 0 ? sources : undefined, code, list };
    record.recordCheck(project, passed, started);
    end(exitCode, printed);
  });
}

module.exports = { typeCheck };
