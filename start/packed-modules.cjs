"use strict";

/**
 * Loads modules from a pack instead of from their files.
 *
 * They are modules of Node.js like any other, under their own file names in `require.cache`. So a file that is not in the
 * pack, such as an environment file, gets the same `./environment` as everything else, whoever loads it first.
 */
const Module = require("node:module");
const { Script } = require("node:vm");
const { writePack } = require("./pack-file.cjs");

/**
 * Let every `require` look into the pack first.
 *
 * @param {ReturnType<typeof import("./pack-file.cjs").readPack>} pack
 * @returns {() => void} ends that
 */
function usePack(pack) {
  const { path, contents } = pack;
  const cachedData = pack.compiled.length > 0 ? pack.compiled : undefined;
  const script = new Script(pack.script.toString("utf16le"), { filename: path, cachedData });
  const functions = script.runInThisContext();
  const links = new Map(
    Object.entries(contents.links).map(([folder, ofFolder]) => [folder, new Map(Object.entries(ofFolder))]),
  );
  const load = Module._load;
  let used = true;

  const take = (number, parent) => {
    const { filename } = contents.modules[number];
    const cached = Module._cache[filename];
    return cached ? cached.exports : run(new Module(filename, parent), filename, functions[number]);
  };
  Module._load = function (request, parent, ...rest) {
    const number = used ? links.get(parent?.path)?.get(request) : undefined;
    return number === undefined ? load.call(this, request, parent, ...rest) : take(number, parent);
  };
  process.on("uncaughtExceptionMonitor", (error) => nameSources(error, pack));
  if (cachedData === undefined || script.cachedDataRejected)
    process.on("exit", () => used && writePack({ ...pack, compiled: script.createCachedData() }));
  return () => {
    used = false;
  };
}

/** What Node.js does with a module whose source it has read. */
function run(module, filename, wrapper) {
  module.filename = filename;
  module.paths = Module._nodeModulePaths(module.path);
  Module._cache[filename] = module;
  try {
    wrapper.call(module.exports, module.exports, requireOf(module), module, filename, module.path);
    module.loaded = true;
  } finally {
    if (!module.loaded) delete Module._cache[filename];
  }
  return module.exports;
}

function requireOf(module) {
  const require = (request) => module.require(request);
  // Few modules ask for it, and it takes longer than all the rest.
  Object.defineProperty(require, "resolve", { get: () => Module.createRequire(module.filename).resolve });
  return Object.assign(require, {
    main: process.mainModule,
    cache: Module._cache,
    extensions: Module._extensions,
  });
}

/** Let the trace of an error that ends the program name files and lines, not those of the pack. */
function nameSources(error, { path, contents }) {
  if (typeof error?.stack !== "string") return;
  const frames = error.stack.split(`${path}:`);
  error.stack = frames.reduce((before, after) => {
    const line = Number.parseInt(after, 10);
    const module = contents.modules.findLast((candidate) => candidate.line <= line);
    return module
      ? `${before}${module.filename}:${line - module.line + 1}${after.replace(/^\d+/, "")}`
      : `${before}${path}:${after}`;
  });
}

module.exports = { usePack };
