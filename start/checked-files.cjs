"use strict";

/** The files that a type check read and wrote, from the compiler's build information. */
const { readFileSync } = require("node:fs");
const { dirname, join, relative, resolve, sep } = require("node:path");
const { nativeCompiler } = require("./compiler.cjs");

const buildInfoIn = (project) => join(project, "build", "tsconfig.tsbuildinfo");

/**
 * All that it read besides the project's own sources, with the folders, where a new file could take precedence, and all
 * that it wrote.
 */
function filesOfCheck(project) {
  const { programs, settings, common } = checkedFiles(project);
  const read = [...programs, ...settings].filter(isInstalled);
  const written = programs.filter((path) => !isInstalled(path)).map(writtenFor(project));
  return {
    read: [...common, ...read, ...foldersOf(read)],
    written: [buildInfoIn(project), ...written],
  };
}

/**
 * Of these, what one program depends on: the modules that it and the environment files import, and the declarations of
 * JavaScript and Node.js, which need no import.
 *
 * @param {string} program e.g. `scripts/synth`
 * @returns {string[]}
 */
function filesOfProgram(project, program) {
  const { programs, settings, common, imported } = checkedFiles(project);
  const starts = [
    join(project, `${program}.ts`),
    join(project, "environments"),
    join(project, "node_modules", "@types"),
    nativeCompiler(project).library,
  ];
  const isStart = (path) => starts.some((start) => path === start || path.startsWith(start + sep));
  const needed = new Set([...programs.keys()].filter((number) => isStart(programs[number])));
  // A set that grows during the loop yields what was added, too.
  for (const number of needed) for (const each of imported(number)) needed.add(each);
  const files = [...needed].map((number) => programs[number]);
  const read = files.filter(isInstalled);
  const above = new Set(read.flatMap((path) => foldersAbove(path)));
  return [
    buildInfoIn(project),
    ...common,
    ...read,
    ...foldersOf(read),
    ...settings.filter((path) => above.has(dirname(path))),
    ...files.filter((path) => !isInstalled(path)).map(writtenFor(project)),
  ];
}

/** What the build information names, in full. */
function checkedFiles(project) {
  const buildInfo = JSON.parse(readFileSync(buildInfoIn(project), "utf8"));
  const { fileNames, referencedMap, fileIdsList, packageJsons = [], missingPackageJsons = [] } = buildInfo;
  const { executable, library } = nativeCompiler(project);
  const inFull = (name) => (name.includes("/") ? resolve(project, "build", name) : join(library, name));
  const references = new Map(referencedMap);
  return {
    programs: fileNames.map(inFull),
    settings: [...packageJsons, ...missingPackageJsons].map(inFull),
    common: [join(project, "node_modules", ".package-lock.json"), executable],
    // The compiler counts files, and lists of files, from 1.
    imported: (number) => (fileIdsList[references.get(number + 1) - 1] ?? []).map((id) => id - 1),
  };
}

const isInstalled = (path) => path.includes("node_modules");
const writtenFor = (project) => (path) =>
  join(project, "build", relative(project, path).replace(/\.ts$/, ".js"));
const foldersOf = (paths) => new Set(paths.map((path) => dirname(path)));
const foldersAbove = (path) =>
  path === dirname(path) ? [] : [dirname(path), ...foldersAbove(dirname(path))];

module.exports = { buildInfoIn, filesOfCheck, filesOfProgram };
