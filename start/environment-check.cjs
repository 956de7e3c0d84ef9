"use strict";

/**
 * The type check after a change of environment files alone. It reads what these files import, 500 files, and not the 4,600
 * of the whole project.
 *
 * It stands for a check of everything, because no other file can have become wrong: all that other files import from
 * environment files is the list `definitions` in `environments/all.ts`, and its type was and is that of a list of what
 * `defineEnvironment` returns. Where the texts of the files do not show that, now and at the last check of everything,
 * everything is checked.
 */
const { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } = require("node:fs");
const { basename, dirname, join, relative } = require("node:path");
const {
  checkedFiles,
  distrustEnvironmentOutputs,
  environmentOutputs,
  environmentsBuildInfoIn,
  environmentsFolderIn,
  isDataOf,
  isInstalled,
} = require("./checked-files.cjs");
const { hasWrittenAll } = require("./compiler.cjs");
const { fingerprints } = require("./fingerprint.cjs");

const listIn = (project) => join(project, "environments", "all.ts");

/** The lines that the list may have. More would let its type depend on something else than on these names. */
const importLine = /^import \{ (\w+(?:, \w+)*) \} from "\.\/([\w-]+)";$/;
const otherLines = [
  /^$/,
  /^\/\/.*$/,
  /^\/\*(?:[^*]|\*(?!\/))*\*\/$/,
  /^export const definitions = \{$/,
  /^"[^"]+": \w+,?$/,
  /^\};$/,
  /^export const definitions = \{ "[^"]+": \w+ \};$/,
];

/** Fails to compile if the list holds something else than what `defineEnvironment` returns. */
const listCheck = `import type { definitions } from "../../../environments/all";
import type { defineEnvironment } from "../../../environments/environment";

type Is<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
type AreDefinitions<List> = { [Name in keyof List]: Is<List[Name], ReturnType<typeof defineEnvironment>> }[keyof List];

export const areDefinitions: AreDefinitions<typeof definitions> extends true ? true : undefined = true;
`;
const listCheckName = "list-check.ts";
const listCheckIn = (project) => join(environmentsFolderIn(project), listCheckName);

/**
 * The text of the list, if environment files are such that a check of everything can be followed by checks of them alone.
 *
 * @returns {string | undefined}
 */
function textOfList(project) {
  if (!existsSync(listIn(project))) return undefined;
  const files = environmentFilesIn(project);
  const texts = new Map(files.map((file) => [basename(file), textIn(file)]));
  const list = texts.get("all.ts");
  const lines = list.split(/\r?\n/).map((line) => line.trim());
  const imports = lines.flatMap((line) => {
    const [, imported, from] = importLine.exec(line) ?? [];
    return imported === undefined ? [] : [{ imported: imported.split(", "), from: `${from}.ts` }];
  });
  const isPlain = lines.every((line) => importLine.test(line) || otherLines.some((each) => each.test(line)));
  const areDefinitions = imports.every(({ imported, from }) => definesAll(texts.get(from) ?? "", imported));
  return isPlain && areDefinitions && [...texts].every(([name, text]) => isSelfContained(name, text))
    ? list
    : undefined;
}

/** Full paths of the files with the user's environments, and of folders next to them. */
function environmentFilesIn(project) {
  const folder = join(project, "environments");
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter(isDataOf(project));
}

/** Empty for a folder, whose files are code. */
const textIn = (path) => (statSync(path).isFile() ? readFileSync(path, "utf8") : "");

/** Whether a file exports these names as what `defineEnvironment` returns. */
const definesAll = (text, names) =>
  /^import \{ defineEnvironment \} from "\.\/environment";$/m.test(text) &&
  names.every((name) => new RegExp(`^export const ${name} = defineEnvironment\\(`, "m").test(text));

/** Whether other files see nothing of a file but what they import: it is a module, declares nothing, and uses no package. */
const isSelfContained = (name, text) =>
  name.endsWith(".json") ||
  text === "" ||
  (/^[\w-]+\.ts$/.test(name) &&
    startsWithModule(text) &&
    !/\bdeclare\b|\/\/\/|\brequire\b|\bimport\s*\(|\b(?:from|import)\s*["'](?!\.)/.test(text));

/** Whether the first words after comments are those of a module. Names of other files are seen everywhere. */
function startsWithModule(text) {
  const rest = text.trimStart();
  if (/^(?:import|export)[ {*]/.test(rest)) return true;
  const end = rest.startsWith("//") ? "\n" : rest.startsWith("/*") ? "*/" : undefined;
  const at = end === undefined ? -1 : rest.indexOf(end);
  return at >= 0 && startsWithModule(rest.slice(at + end.length));
}

/**
 * Prepare a check of the environment files alone.
 *
 * @param {string} project folder of the project
 * @param {string | undefined} list text of the list when everything was last checked
 * @returns {string | undefined} settings of the compiler; `undefined` if everything has to be checked
 */
function settingsOfEnvironments(project, list) {
  if (list === undefined || list !== textOfList(project) || !isOnlyListImported(project)) return undefined;
  const files = environmentFilesIn(project).filter((file) => file.endsWith(".ts"));
  const checks = environmentsFolderIn(project);
  mkdirSync(checks, { recursive: true });
  writeFileSync(listCheckIn(project), listCheck);
  const settings = join(checks, "tsconfig.json");
  const compilerOptions = {
    rootDir: project,
    outDir: join(checks, "output"),
    tsBuildInfoFile: environmentsBuildInfoIn(project),
  };
  const roots = { include: [], files: [...files, listCheckIn(project)] };
  writeFileSync(
    settings,
    JSON.stringify({ extends: join(project, "tsconfig.build.json"), compilerOptions, ...roots }),
  );
  return settings;
}

/**
 * Put the programs of environment files where those of a check of everything are, even if there are errors: programs explain
 * them.
 *
 * @param {number | null} exitCode of the compiler
 * @param {string} printed what the compiler printed
 * @returns {boolean} whether the check stands for one of everything. If not, nothing is changed
 */
function takeEnvironmentOutputs(project, exitCode, printed) {
  if (!hasWrittenAll(exitCode, printed, environmentsBuildInfoIn(project))) return false;
  const { programs } = checkedFiles(project, environmentsBuildInfoIn(project));
  // Of the project, only what the fingerprint of its code covers; of packages, only what the code has been checked with.
  const installed = checkedFiles(project).programs.filter(isInstalled);
  const known = new Set([...installed, ...fingerprints(project).read, listCheckIn(project)]);
  const outputs = environmentOutputs(project, programs);
  if (printed.includes(listCheckName) || !programs.every((path) => known.has(path))) return false;
  if (!outputs.every(({ from }) => existsSync(from))) return false;

  if (!distrustEnvironmentOutputs(project)) return false;
  for (const { from, to } of outputs) {
    writeFileSync(to, readFileSync(from));
    if (existsSync(`${from}.map`))
      writeFileSync(`${to}.map`, mapBeside(to, readFileSync(`${from}.map`, "utf8")));
  }
  return true;
}

/** A source map of another folder. Its only source is the file of the same name among the environment files. */
function mapBeside(program, text) {
  const map = JSON.parse(text);
  const environments = join(dirname(program), "..", "..", "environments");
  const sources = map.sources.map((source) =>
    relative(dirname(program), join(environments, basename(source))),
  );
  return JSON.stringify({ ...map, sources });
}

/** Of the environment files, code imports only the list. */
function isOnlyListImported(project) {
  const { programs, imported } = checkedFiles(project);
  const isData = isDataOf(project);
  const numbers = [...programs.keys()];
  const data = new Set(numbers.filter((number) => isData(programs[number])));
  const list = programs.indexOf(listIn(project));
  const isImportable = (number) => number === list || !data.has(number);
  return numbers.every((number) => data.has(number) || imported(number).every(isImportable));
}

module.exports = { settingsOfEnvironments, takeEnvironmentOutputs, textOfList };
