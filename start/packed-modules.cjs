"use strict";

/**
 * Loads modules from a pack instead of from their files.
 *
 * They are modules of Node.js like any other, under their own file names in `require.cache`. So a file that is not in the
 * pack, such as an environment file, gets the same `./environment` as everything else, whoever loads it first.
 */
const Module = require("node:module");
const { Script } = require("node:vm");
const { setFlags } = require("./engine-flags.cjs");
const { isBinding, isRarelyUsed, loadedOnFirstUse } = require("./first-use.cjs");
const { readPack, writePack } = require("./pack-file.cjs");

/**
 * Let every `require` look into the pack first. Scripts are read when the first of their modules is loaded.
 *
 * @param {import("./pack-file.cjs").Pack} pack
 * @returns {() => void} ends that
 */
function usePack({ path, contents, read }) {
  const scripts = new Map();
  const firstModules = firstModulesOf(contents.modules);
  const linkOf = (request, folder) => {
    const links = contents.links[folder];
    return links !== undefined && Object.hasOwn(links, request) ? links[request] : undefined;
  };
  const load = Module._load;
  let used = true;

  const functionOf = (number) => {
    const { script } = contents.modules[number];
    if (!scripts.has(script)) scripts.set(script, loadedScript(read(script), `${path}#${script}`));
    return scripts.get(script).functions[number - firstModules.get(script)];
  };
  const take = (number, parent) => {
    const { filename } = contents.modules[number];
    const cached = Module._cache[filename];
    return cached ? cached.exports : run(new Module(filename, parent), filename, functionOf(number));
  };
  Module._load = function (request, parent, ...rest) {
    const number = used ? linkOf(request, parent?.path) : undefined;
    return number === undefined ? load.call(this, request, parent, ...rest) : take(number, parent);
  };
  process.on("uncaughtExceptionMonitor", (error) => nameSources(error, path, contents));
  process.on("exit", () => {
    if (used && [...scripts.values()].some(({ isCompiled }) => !isCompiled)) addCode(path, contents, scripts);
  });
  return () => {
    used = false;
  };
}

/** The number of the first module of each script. */
function firstModulesOf(modules) {
  const first = new Map();
  for (const [number, { script }] of modules.entries()) if (!first.has(script)) first.set(script, number);
  return first;
}

function loadedScript({ source, compiled }, filename) {
  const script = new Script(source, { filename, cachedData: compiled.length > 0 ? compiled : undefined });
  const isCompiled = compiled.length > 0 && !script.cachedDataRejected;
  return { script, isCompiled, functions: script.runInThisContext() };
}

/** Write the pack again, with the code that V8 has compiled by now. */
function addCode(path, contents, loaded) {
  const pack = readPack(path, contents.code);
  if (pack === undefined) return;
  // The program may have changed them.
  setFlags();
  const scripts = contents.scripts.map(({ encoding }, number) => {
    const { source, compiled } = pack.read(number);
    const script = loaded.get(number)?.script;
    return { encoding, source, compiled: script ? script.createCachedData() : Buffer.from(compiled) };
  });
  writePack({ path, contents, scripts });
}

const searched = new Map();

/** Folders that a module of a folder searches for packages: the same list for all, which nothing here changes. */
function searchedFrom(folder) {
  const paths = searched.get(folder) ?? Module._nodeModulePaths(folder);
  searched.set(folder, paths);
  return paths;
}

/** What Node.js does with a module whose source it has read. */
function run(module, filename, wrapper) {
  module.filename = filename;
  module.paths = searchedFrom(module.path);
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
  const require = (request) =>
    isBinding(request) || isRarelyUsed(request)
      ? loadedOnFirstUse(request, () => module.require(request))
      : module.require(request);
  // Few modules ask for it, and it takes longer than all the rest.
  Object.defineProperty(require, "resolve", { get: () => Module.createRequire(module.filename).resolve });
  return Object.assign(require, {
    main: process.mainModule,
    cache: Module._cache,
    extensions: Module._extensions,
  });
}

/** Let the trace of an error that ends the program name files and lines, not those of the pack. */
function nameSources(error, path, { modules }) {
  if (typeof error?.stack !== "string") return;
  const frames = error.stack.split(`${path}#`);
  error.stack = frames.reduce((before, after) => {
    const [position, script, line] = after.match(/^(\d+):(\d+)/) ?? [];
    const module = modules.findLast((each) => each.script === Number(script) && each.line <= Number(line));
    return module
      ? `${before}${module.filename}:${line - module.line + 1}${after.slice(position.length)}`
      : `${before}${path}#${after}`;
  });
}

module.exports = { usePack };
