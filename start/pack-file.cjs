"use strict";

/**
 * A pack: one file with the sources of all modules that a program loads, and the code that V8 has compiled from them.
 *
 *     bytes 0-3   CRC-32 of everything after it
 *     bytes 4-7   length of the contents
 *     contents    JSON: see {@link PackContents}
 *     script      UTF-16LE, which V8 uses in place; UTF-8 it would have to decode and copy
 *     code        V8's code cache for the script; empty until a program has run from the pack
 *
 * @typedef {object} PackContents
 * @property {string} code fingerprint of the project's own code
 * @property {readonly string[]} files files that the pack stands for and depends on, whose stamps must not have changed
 * @property {string} stamp the stamps of those files
 * @property {readonly { filename: string, line: number }[]} modules in the order of the script, each with the first line
 *   of its source there, counted from 1
 * @property {Readonly<Record<string, Readonly<Record<string, number>>>>} links what a request means to the modules of a
 *   folder: folder, request, number of the module
 * @property {number} scriptLength bytes
 */
const { readFileSync } = require("node:fs");
const { crc32 } = require("node:zlib");
const { stampOfAll } = require("./fingerprint.cjs");
const { writeWhole } = require("./write-whole.cjs");

/** @returns the pack, or `undefined` where there is none that is whole and current */
function readPack(path, code) {
  try {
    const bytes = readFileSync(path);
    if (bytes.readUInt32LE(0) !== crc32(bytes.subarray(4))) return undefined;
    const start = 8 + bytes.readUInt32LE(4);
    const contents = JSON.parse(bytes.toString("utf8", 8, start));
    const pack = {
      path,
      contents,
      script: bytes.subarray(start, start + contents.scriptLength),
      compiled: bytes.subarray(start + contents.scriptLength),
    };
    return contents.code === code && isCurrent(pack) ? pack : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the files that the pack stands for are still the same. */
const isCurrent = ({ contents }) => stampOfAll(contents.files) === contents.stamp;

function writePack({ path, contents, script, compiled }) {
  const json = Buffer.from(JSON.stringify({ ...contents, scriptLength: script.length }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const body = Buffer.concat([length, json, script, compiled]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(body));
  writeWhole(path, Buffer.concat([checksum, body]));
}

module.exports = { isCurrent, readPack, writePack };
