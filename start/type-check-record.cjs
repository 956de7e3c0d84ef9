"use strict";

/**
 * What the compiler last read and wrote, and what passed.
 *
 * @typedef {object} TypeCheckRecord
 * @property {string | undefined} sources fingerprint of the sources; none if they have errors
 * @property {string | undefined} code fingerprint of the sources without environment files; none if these have errors
 * @property {string | undefined} list text of the list of environments: see `environment-check.cjs`
 * @property {readonly string[]} read everything else that the result depends on: files, and their folders, where a new
 *   file could take precedence
 * @property {string} readStamp the stamps of those
 * @property {readonly string[]} written files that the compiler has written
 * @property {string} writtenStamp the stamps of those
 */
const { rmSync } = require("node:fs");
const { join } = require("node:path");
const { buildInfoIn, environmentsFolderIn, filesOfCheck } = require("./checked-files.cjs");
const { changedSince, stampOfAll } = require("./file-stamps.cjs");
const { readJson } = require("./json-file.cjs");
const { writeWhole } = require("./write-whole.cjs");

const recordIn = (project) => join(project, "build", "start", "type-check.json");

/** Whether these sources have passed the check, and nothing else has changed since. */
function isChecked(project, sources) {
  const record = readRecord(project);
  return record !== undefined && record.sources === sources && isSame(record);
}

/**
 * What last passed, if all but environment files is the same.
 *
 * @param {string} code fingerprint of that
 * @returns {TypeCheckRecord | undefined}
 */
function lastCheckOf(project, code) {
  const record = readRecord(project);
  return record !== undefined && record.code === code && isSame(record) ? record : undefined;
}

const isSame = (record) => isSameRead(record) && isSameWritten(record);
const isSameRead = ({ read, readStamp }) => stampOfAll(read) === readStamp;
const isSameWritten = ({ written, writtenStamp }) => stampOfAll(written) === writtenStamp;

/** @returns {TypeCheckRecord | undefined} */
const readRecord = (project) => readJson(recordIn(project));

/**
 * Forget the last check before the compiler runs. It writes programs even if it finds errors, so the record would no longer
 * be that of the programs in `build`.
 */
const forgetCheck = (project) => rmSync(recordIn(project), { force: true });

/**
 * Forget all checks before everything is checked.
 *
 * An incremental compiler does not rewrite unchanged output. Unless all output is known to be what it wrote, delete the build
 * information too, so that the compiler writes everything again. Nothing is known after a compiler that was killed.
 *
 * @param {boolean} fromScratch delete it in any case
 */
function forgetAllChecks(project, fromScratch) {
  const record = readRecord(project);
  if (fromScratch || record === undefined || !isSameWritten(record))
    rmSync(buildInfoIn(project), { recursive: true, force: true });
  forgetCheck(project);
  rmSync(environmentsFolderIn(project), { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Record what the compiler has read and written, and whether the sources have passed.
 *
 * @param {Pick<TypeCheckRecord, "sources" | "code" | "list">} passed
 * @param {number} started when the compiler started, in milliseconds since 1970. A file that changed later may have been
 *   read before, so then nothing is recorded
 */
function recordCheck(project, passed, started) {
  const { read, written } = filesOfCheck(project);
  if (changedSince(read, started)) return;
  const record = { ...passed, read, readStamp: stampOfAll(read), written, writtenStamp: stampOfAll(written) };
  writeWhole(recordIn(project), JSON.stringify(record));
}

module.exports = { forgetAllChecks, forgetCheck, isChecked, lastCheckOf, recordCheck, recordIn };
