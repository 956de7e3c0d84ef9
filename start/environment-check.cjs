"use strict";

/**
 * The type check after a change of environment files alone. It reads what these files import, 500 files, and not the 4,600
 * of the whole project.
 *
 * It stands for a check of everything, because no other file can have become wrong: all that other files import from
 * environment files is the list `definitions` in `environments/all.ts`, whose type has not changed. Where that is not
 * certain, everything is checked.
 */
const { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { basename, dirname, join, relative } = require("node:path");
const {
  checkedFiles,
  distrustEnvironmentOutputs,
  environmentOutputs,
  environmentsBuildInfoIn,
  environmentsFolderIn,
  isDataOf,
} = require("./checked-files.cjs");
const { isEnvironmentData } = require("./fingerprint.cjs");

const listIn = (project) => join(project, "environments", "all.ts");

/** Imports, and a name for each file, so that the type of the list depends on nothing but the types of these names. */
const plainList =
  /^(?:\s|\/\*.*?\*\/|\/\/[^\n]*|import \{ [\w, ]+ \} from "\.\/[\w-]+";)*export const definitions = \{(?:\s|\/\/[^\n]*|"[^"\n]+": \w+,?)*\};\s*$/s;

/** Fails to compile if the list holds something else than what `defineEnvironment` returns. */
const listCheck = `import type { definitions } from "../../../environments/all";
import type { defineEnvironment } from "../../../environments/environment";

type Is<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
type AreDefinitions<List> = { [Name in keyof List]: Is<List[Name], ReturnType<typeof defineEnvironment>> }[keyof List];

export const areDefinitions: AreDefinitions<typeof definitions> extends true ? true : undefined = true;
`;
const listCheckName = "list-check.ts";
const listCheckIn = (project) => join(environmentsFolderIn(project), listCheckName);

/** The text of the list, if a check of everything with this list can be followed by checks of environment files alone. */
function textOfList(project) {
  const file = listIn(project);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return plainList.test(text) ? text : undefined;
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
  const folder = join(project, "environments");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && isEnvironmentData(`environments/${name}`))
    .map((name) => join(folder, name));
  if (!files.every((file) => isModule(readFileSync(file, "utf8")))) return undefined;

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
 * @param {string} printed what the compiler printed
 * @returns {boolean} whether the check stands for one of everything. If not, nothing is changed
 */
function takeEnvironmentOutputs(project, printed) {
  if (!existsSync(environmentsBuildInfoIn(project))) return false;
  const { programs } = checkedFiles(project, environmentsBuildInfoIn(project));
  const known = new Set([...checkedFiles(project).programs, listCheckIn(project)]);
  const isData = isDataOf(project);
  const isKnown = (path) => path.includes("node_modules") || known.has(path) || isData(path);
  const outputs = environmentOutputs(project, programs);
  if (printed.includes(listCheckName) || !programs.every(isKnown)) return false;
  if (!outputs.every(({ from }) => existsSync(from))) return false;

  distrustEnvironmentOutputs(project);
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

/** Not a script, whose names all other files see, and without declarations for other files. */
const isModule = (text) => /^(?:import|export)\b/m.test(text) && !/\bdeclare\b/.test(text);

module.exports = { settingsOfEnvironments, takeEnvironmentOutputs, textOfList };
