"use strict";

/**
 * A pack: one file with the sources of all modules that a program loads, and the code that V8 has compiled from them.
 *
 *     bytes 0-3   CRC-32 of everything after it
 *     bytes 4-7   length of the contents
 *     contents    JSON: see {@link PackContents}
 *     scripts     for each, its source and then V8's code cache for it, which is empty until a program has run from the
 *                 pack. A source has the encoding in which V8 keeps a string in memory: Latin-1 takes half the memory of
 *                 UTF-16, but not all modules can be written in it
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
 *
 * @typedef {object} Pack
 * @property {string} path
 * @property {PackContents} contents
 * @property {(script: number) => { source: string, compiled: Buffer }} read reads a script; the next call overwrites the
 *   compiled code. The file stays open, so it reads the same pack also after another process has written a new one
 */
const { closeSync, fstatSync, openSync, readSync } = require("node:fs");
const { stampOfAll } = require("./file-stamps.cjs");
const { writeWhole } = require("./write-whole.cjs");

const headBytes = 8;

/** @returns {Pack | undefined} `undefined` where there is none that is whole and current */
function readPack(path, code) {
  const pack = openPack(path);
  if (pack === undefined) return undefined;
  if (pack.contents.code === code && isCurrent(pack.contents) && pack.isWhole()) return pack;
  pack.close();
  return undefined;
}

/**
 * Open a pack without looking whether it is whole and current.
 *
 * @returns {(Pack & { isWhole(): boolean, close(): void }) | undefined} `undefined` where there is none
 */
function openPack(path) {
  let file;
  try {
    file = openSync(path);
    const head = readBytes(file, 0, headBytes);
    const length = head.readUInt32LE(4);
    const contents = JSON.parse(readBytes(file, headBytes, length).toString());
    const starts = startsOf(contents.scripts, headBytes + length);
    // One buffer for all parts, because the memory that a start touches costs as much as what it does.
    const buffer = Buffer.allocUnsafeSlow(longestPart(contents.scripts));
    const read = (script) => {
      const { encoding, sourceBytes, codeBytes } = contents.scripts[script];
      const start = starts[script];
      const source = readInto(buffer, file, start, sourceBytes).toString(encoding);
      return { source, compiled: readInto(buffer, file, start + sourceBytes, codeBytes) };
    };
    const isWhole = () => checksum(readBytes(file, 4, fstatSync(file).size - 4)) === head.readUInt32LE(0);
    return { path, contents, read, isWhole, close: () => closeSync(file) };
  } catch {
    if (file !== undefined) closeSync(file);
    return undefined;
  }
}

/** Where each script begins in the file. */
function startsOf(scripts, first) {
  let next = first;
  return scripts.map(({ sourceBytes, codeBytes }) => {
    const start = next;
    next += sourceBytes + codeBytes;
    return start;
  });
}

const longestPart = (scripts) =>
  Math.max(...scripts.flatMap(({ sourceBytes, codeBytes }) => [sourceBytes, codeBytes]));

const readBytes = (file, start, length) => readInto(Buffer.allocUnsafeSlow(length), file, start, length);

/**
 * @returns {Buffer} the part of the buffer that was read into
 * @throws Error if the file has fewer bytes
 */
function readInto(buffer, file, start, length) {
  if (readSync(file, buffer, 0, length, start) !== length) throw new Error("The file is too short.");
  return buffer.subarray(0, length);
}

/** Few runs need the module, so it is loaded here. */
const checksum = (bytes) => require("node:zlib").crc32(bytes);

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
  const parts = sources.flatMap((source, number) => [source, compiled[number]]);
  const body = Buffer.concat([uint32(json.length), json, ...parts]);
  writeWhole(path, Buffer.concat([uint32(checksum(body)), body]));
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

module.exports = { isCurrent, openPack, readPack, writePack };
