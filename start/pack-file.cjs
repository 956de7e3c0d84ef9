"use strict";

/**
 * A pack: one file with the sources of all modules that a program loads, and the code that V8 has compiled from them.
 *
 *     bytes 0-3   CRC-32 of everything after it
 *     bytes 4-7   length of the contents
 *     contents    JSON: see {@link PackContents}
 *     scripts     the sources; each script has the encoding in which V8 keeps a string in memory: Latin-1 takes half the
 *                 memory of UTF-16, but not all modules can be written in it
 *     code        V8's code cache for each script; empty until a program has run from the pack
 *
 * @typedef {object} PackContents
 * @property {string} code fingerprint of the project's own code
 * @property {readonly string[]} files files that the pack stands for and depends on, whose stamps must not have changed
 * @property {string} stamp the stamps of those files
 * @property {readonly { filename: string, script: number, line: number }[]} modules in the order of the scripts, each with
 *   the first line of its source there, counted from 1
 * @property {Readonly<Record<string, Readonly<Record<string, number>>>>} links what a request means to the modules of a
 *   folder: folder, request, number of the module
 * @property {readonly Script[]} scripts
 *
 * @typedef {{ encoding: "latin1" | "utf16le", sourceBytes: number, codeBytes: number }} Script
 */
const { closeSync, openSync, readSync } = require("node:fs");
const { crc32 } = require("node:zlib");
const { stampOfAll } = require("./file-stamps.cjs");
const { writeWhole } = require("./write-whole.cjs");

/**
 * @returns {{ path: string, contents: PackContents, sources: string[], compiled: Buffer[] } | undefined} `undefined` where
 *   there is none that is whole and current
 */
function readPack(path, code) {
  let file;
  try {
    file = openSync(path);
    const head = readBytes(file, 8);
    const json = readBytes(file, head.readUInt32LE(4));
    const contents = JSON.parse(json.toString());
    if (contents.code !== code || !isCurrent(contents)) return undefined;
    let checksum = crc32(json, crc32(head.subarray(4)));
    const readPart = (length) => {
      const bytes = readBytes(file, length);
      checksum = crc32(bytes, checksum);
      return bytes;
    };
    const sources = contents.scripts.map(({ encoding, sourceBytes }) =>
      readPart(sourceBytes).toString(encoding),
    );
    const compiled = contents.scripts.map(({ codeBytes }) => readPart(codeBytes));
    return checksum === head.readUInt32LE(0) ? { path, contents, sources, compiled } : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** @throws Error if the file has fewer bytes */
function readBytes(file, length) {
  const bytes = Buffer.allocUnsafeSlow(length);
  if (readSync(file, bytes) !== length) throw new Error("The file is too short.");
  return bytes;
}

/** Whether the files that a pack stands for are still the same. */
const isCurrent = ({ files, stamp }) => stampOfAll(files) === stamp;

/**
 * @param {object} pack
 * @param {string} pack.path
 * @param {Omit<PackContents, "scripts">} pack.contents
 * @param {readonly { encoding: "latin1" | "utf16le", source: string, compiled?: Buffer }[]} pack.scripts
 */
function writePack({ path, contents, scripts }) {
  const sources = scripts.map(({ source, encoding }) => Buffer.from(source, encoding));
  const compiled = scripts.map((script) => script.compiled ?? Buffer.alloc(0));
  const lengths = scripts.map(({ encoding }, number) => ({
    encoding,
    sourceBytes: sources[number].length,
    codeBytes: compiled[number].length,
  }));
  const json = Buffer.from(JSON.stringify({ ...contents, scripts: lengths }));
  const body = Buffer.concat([uint32(json.length), json, ...sources, ...compiled]);
  writeWhole(path, Buffer.concat([uint32(crc32(body)), body]));
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

module.exports = { isCurrent, readPack, writePack };
