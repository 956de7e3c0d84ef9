"use strict";

/** The files that type checks read and wrote, from the compiler's build information. */
const { existsSync, readFileSync, rmSync } = require("node:fs");
const { dirname, join, relative, resolve, sep } = require("node:path");
const { nativeCompiler } = require("./compiler.cjs");
const { fingerprints, isEnvironmentData } = require("./fingerprint.cjs");
const { writeWhole } = require("./write-whole.cjs");

/** Build information of the check of everything. */
const buildInfoIn = (project) => join(project, "build", "tsconfig.tsbuildinfo");

/** Folder of later checks of environment files alone: see `environment-check.cjs`. */
const environmentsFolderIn = (project) => join(project, "build", "start", "environments");
const environmentsBuildInfoIn = (project) => join(environmentsFolderIn(project), "tsconfig.tsbuildinfo");

/**
 * All that they read besides the sources whose content is in the fingerprint, with the folders, where a new file could take
 * precedence, and all that they wrote. What they read are packages, and files in other folders of the user's.
 */
function filesOfCheck(project) {
  const { programs, settings, common } = checkedFiles(project);
  const environments = filesOfEnvironments(project);
  const written = programs.filter(isOwnIn(project)).map(writtenFor(project));
  return {
    read: [
      ...common,
      ...readBesides(project, [...programs, ...settings.filter(isInstalled), ...environments.read]),
    ],
    written: [...new Set([buildInfoIn(project), ...written, ...environments.written])],
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
  const environments = filesOfEnvironments(project);
  const read = readBesides(project, [...files, ...environments.read]);
  const above = new Set(read.flatMap((path) => foldersAbove(path)));
  return [
    buildInfoIn(project),
    ...common,
    ...read,
    ...settings.filter((path) => above.has(dirname(path))),
    ...files.filter(isOwnIn(project)).map(writtenFor(project)),
    ...environments.written,
  ];
}

/** What a later check of environment files alone read and wrote. */
function filesOfEnvironments(project) {
  const buildInfo = environmentsBuildInfoIn(project);
  if (!existsSync(buildInfo)) return { read: [], written: [] };
  const { programs, settings } = checkedFiles(project, buildInfo);
  const outputs = environmentOutputs(project, programs).flatMap(({ from, to }) => [from, to]);
  return { read: [...programs, ...settings.filter(isInstalled)], written: [buildInfo, ...outputs] };
}

/** Where a check of environment files alone puts the program of each file, and where the program belongs. */
const environmentOutputs = (project, programs) =>
  programs.filter(isDataOf(project)).map((path) => {
    const to = writtenFor(project)(path);
    return {
      from: join(environmentsFolderIn(project), "output", relative(join(project, "build"), to)),
      to,
    };
  });

/**
 * The content of build information, and what it names, in full.
 *
 * @param {string} [buildInfo] that of the check of everything by default
 */
function checkedFiles(project, buildInfo = buildInfoIn(project)) {
  const content = JSON.parse(readFileSync(buildInfo, "utf8"));
  const { fileNames, referencedMap, fileIdsList, packageJsons = [], missingPackageJsons = [] } = content;
  const { executable, library } = nativeCompiler(project);
  const inFull = (name) => (name.includes("/") ? resolve(dirname(buildInfo), name) : join(library, name));
  const references = new Map(referencedMap);
  return {
    content,
    programs: fileNames.map(inFull),
    settings: [...packageJsons, ...missingPackageJsons].map(inFull),
    common: [join(project, "node_modules", ".package-lock.json"), executable],
    // The compiler counts files, and lists of files, from 1.
    imported: (number) => (fileIdsList[references.get(number + 1) - 1] ?? []).map((id) => id - 1),
  };
}

/**
 * Let the next check of everything write the programs of environment files again, because something else has written them.
 * Otherwise it keeps the program of a file that is as it was when it last ran.
 *
 * @returns {boolean} whether its build information could be written; if not, it is deleted
 */
function distrustEnvironmentOutputs(project) {
  const { content, programs } = checkedFiles(project);
  const isData = isDataOf(project);
  const fileInfos = content.fileInfos.map((info, number) => {
    if (!isData(programs[number])) return info;
    return typeof info === "string" ? unknownVersion : { ...info, version: unknownVersion };
  });
  const isWritten = writeWhole(buildInfoIn(project), JSON.stringify({ ...content, fileInfos }));
  // Without build information, it writes everything.
  if (!isWritten) rmSync(buildInfoIn(project), { force: true });
  return isWritten;
}

/** No content has it. */
const unknownVersion = "0";

/** Whether a full path is that of a file with the user's environments. */
function isDataOf(project) {
  const environments = join(project, "environments") + sep;
  return (path) => path.startsWith(environments) && isEnvironmentData(relative(project, path));
}

const isInstalled = (path) => path.includes("node_modules");

/** Whether a file is one of the project, and no package. A package that npm has linked is in another folder. */
const isOwnIn = (project) => (path) => !isInstalled(path) && path.startsWith(project + sep);

/**
 * Of the files that a check read, those that are none of the sources in the fingerprint and that it did not make itself, and
 * their folders.
 */
function readBesides(project, paths) {
  const sources = new Set(fingerprints(project).read);
  const build = join(project, "build") + sep;
  const isBeside = (path) => isInstalled(path) || !(sources.has(path) || path.startsWith(build));
  const files = [...new Set(paths)].filter(isBeside);
  return [...files, ...[...foldersOf(files)].filter(isBeside)];
}

const writtenFor = (project) => (path) =>
  join(project, "build", relative(project, path).replace(/\.ts$/, ".js"));
const foldersOf = (paths) => new Set(paths.map((path) => dirname(path)));
const foldersAbove = (path) =>
  path === dirname(path) ? [] : [dirname(path), ...foldersAbove(dirname(path))];

module.exports = {
  ...{ buildInfoIn, checkedFiles, distrustEnvironmentOutputs, environmentOutputs, isDataOf, isInstalled },
  ...{ environmentsBuildInfoIn, environmentsFolderIn, filesOfCheck, filesOfProgram },
};
