"use strict";

/** Watches Node.js load a program, and makes a pack of the modules that it loaded. */
const Module = require("node:module");
const { dirname, join, relative } = require("node:path");
const { stampOf, textOf } = require("./file-stamps.cjs");
const { isBindingFile, isRarelyUsed, loadedOnFirstUse } = require("./first-use.cjs");
const { isEnvironmentData } = require("./fingerprint.cjs");

/**
 * Whether code calls `import()` at run time. It stays out of the pack: `import()` resolves paths relative to the file that
 * calls it, and functions in a pack have no file. A type in a comment, `@type {import("…")}`, is not a call; a call in a
 * text, which may be evaluated, is.
 */
function importsAtRunTime(source) {
  const call = /\bimport\s*\(/;
  if (!call.test(source)) return false;
  try {
    const { tokens } = require("@babel/parser").parse(source, {
      tokens: true,
      allowReturnOutsideFunction: true,
    });
    const code = tokens.filter(({ type }) => type !== "CommentBlock" && type !== "CommentLine");
    return code.some(
      ({ type, value }, index) =>
        (type.label === "import" && code[index + 1]?.type.label === "(") || call.test(String(value)),
    );
  } catch {
    return true;
  }
}

/**
 * Start to watch.
 *
 * @param {string} build folder of the compiled project
 * @returns {(code: string) => object} ends it, and returns the contents and the scripts of the pack, see pack-file.cjs.
 *   What is loaded later, such as a client of the AWS SDK, is not part of it.
 */
function startRecording(build) {
  const sources = new Map();
  const requests = [];
  const { _load: loadModule, _resolveFilename: resolveFilename } = Module;
  const load = Module._extensions[".js"];
  const compile = Module.prototype._compile;

  Module._load = function (request, ...rest) {
    const load = () => loadModule.call(this, request, ...rest);
    return isRarelyUsed(request) ? loadedOnFirstUse(request, load) : load();
  };
  Module._resolveFilename = function (request, parent, ...rest) {
    const filename = resolveFilename.call(this, request, parent, ...rest);
    if (parent?.filename) requests.push({ folder: parent.path, request, filename });
    return filename;
  };
  Module._extensions[".js"] = (module, filename) => {
    // Before it is read: if the file changes meanwhile, the stamp is that of another content, and the pack is stale.
    sources.set(filename, { stamp: stampOf(filename), source: undefined });
    load(module, filename);
  };
  Module.prototype._compile = function (source, filename, ...rest) {
    const entry = sources.get(filename);
    if (entry !== undefined && rest[0] !== "module") entry.source = source;
    return compile.call(this, source, filename, ...rest);
  };

  return (code) => {
    Module._load = loadModule;
    Module._resolveFilename = resolveFilename;
    Module._extensions[".js"] = load;
    Module.prototype._compile = compile;
    for (const filename of sources.keys())
      if (!belongs(filename, sources.get(filename), build)) sources.delete(filename);
    return packOf(code, sources, requests);
  };
}

function belongs(filename, { source }, build) {
  return (
    source !== undefined &&
    Module._cache[filename]?.loaded === true &&
    !isEnvironmentData(relative(build, filename)) &&
    !source.startsWith("#!") &&
    !importsAtRunTime(source)
  );
}

function packOf(code, sources, requests) {
  const { modules, scripts } = scriptsOf(sources);
  const numbers = new Map(modules.map(({ filename }, number) => [filename, number]));
  const links = {};
  for (const { folder, request, filename } of requests) {
    const number = numbers.get(filename);
    if (number === undefined) continue;
    links[folder] ??= {};
    links[folder][request] = number;
  }
  const stamps = new Map([...sources].map(([filename, { stamp }]) => [filename, stamp]));
  // A package's package.json decides which of its files a request means.
  for (const filename of sources.keys()) {
    const [root] = filename.match(/^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/) ?? [];
    const settings = join(root ?? dirname(filename), "package.json");
    if (root !== undefined && !stamps.has(settings)) stamps.set(settings, stampOf(settings));
  }
  const stamp = textOf([...stamps.values()]);
  return { contents: { code, files: [...stamps.keys()], stamp, modules, links }, scripts };
}

/**
 * One script of the modules that can be written in Latin-1, one of the others, and one for each provider binding, because
 * only those of resources that an environment has are read.
 */
function scriptsOf(sources) {
  const codes = [...sources].map(([filename, { source }]) => [filename, withoutInlineSourceMap(source)]);
  const [bindings, rest] = parted(codes, ([filename]) => isBindingFile(filename));
  const groups = [...parted(rest, isLatin1), ...bindings.map((binding) => [binding])];
  const scripts = groups.map((group) => ({
    encoding: group.every(isLatin1) ? "latin1" : "utf16le",
    ...scriptOf(group),
  }));
  return {
    modules: scripts.flatMap(({ modules }, script) => modules.map((module) => ({ ...module, script }))),
    scripts: scripts.map(({ encoding, source }) => ({ encoding, source })),
  };
}

const isLatin1 = ([filename, code]) => !/[^\0-\xff]/.test(filename + code);

/** What meets a condition, and the rest. */
const parted = (all, condition) => [all.filter(condition), all.filter((each) => !condition(each))];

/** Nothing uses the source maps inlined in dependencies, and they take two thirds of those files. */
const withoutInlineSourceMap = (source) => source.replace(/\n\/\/# sourceMappingURL=data:\S*\s*$/, "");

/** Modules as an array of the functions that Node.js makes of them, each on lines of its own. */
function scriptOf(codes) {
  const modules = [];
  let source = "[\n";
  let line = 2;
  for (const [filename, code] of codes) {
    // The source follows the brace directly, because a directive such as "use strict" must come first.
    const text = `// ${filename}\nfunction (exports, require, module, __filename, __dirname) {${code}\n},\n`;
    modules.push({ filename, line: line + 1 });
    line += text.split("\n").length - 1;
    source += text;
  }
  return { modules, source: `${source}]` };
}

module.exports = { startRecording };
