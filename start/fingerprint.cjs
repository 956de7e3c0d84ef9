"use strict";

/** Fingerprints of the project's sources and settings: equal as long as nothing of them has changed. */
const { existsSync, readdirSync, readFileSync, statSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { changedSince, stampOfAll } = require("./file-stamps.cjs");
const { readJson } = require("./json-file.cjs");
const { runtimeOf } = require("./last-start.cjs");
const { writeWhole } = require("./write-whole.cjs");

/**
 * Whether a file holds the user's environments. The other files beside it are code.
 *
 * @param {string} path path in the project or in `build`, e.g. `environments/dev.ts`
 */
const isEnvironmentData = (path) => /^environments[\\/](?!(?:environment|load|naming)\.)[^\\/]+$/.test(path);

const fingerprintsIn = (project) => join(project, "build", "start", "fingerprints.json");

/**
 * Two fingerprints of the contents of all sources and settings: `sources` of everything, `code` of everything but the
 * environment files. Both change with the versions of Node.js and TypeScript, and with the folder of the project.
 *
 * `build/start/fingerprints.json` keeps them, so files are read again only if their stamps have changed.
 *
 * @param {string} project folder of the project
 */
function fingerprints(project) {
  const runtime = runtimeOf(project);
  const file = fingerprintsIn(project);
  const known = readJson(file);
  if (known?.runtime === runtime && stampOfAll(known.read) === known.stamp) return known;

  const started = Date.now();
  const paths = sourcesOf(project);
  const read = withFolders(project, paths);
  const stamp = stampOfAll(read);
  const fresh = { runtime, read, stamp, ...fingerprintsOf(project, paths, runtime) };
  if (!changedSince(read, started)) writeWhole(file, JSON.stringify(fresh));
  return fresh;
}

function sourcesOf(project) {
  const { include } = JSON.parse(readFileSync(join(project, "tsconfig.build.json"), "utf8"));
  return [
    ...readdirSync(project).filter((name) => name.endsWith(".json")),
    ...[...include, "run.cjs", "start"].flatMap((entry) => filesIn(project, entry)),
    "node_modules/typescript/package.json",
  ];
}

/** Full paths of files, and of all folders of the project above them, where another file could be added. */
const withFolders = (project, paths) => [
  ...new Set(paths.flatMap((path) => [...foldersAbove(path), path]).map((path) => join(project, path))),
];

/** e.g. `.`, `modules` and `modules/kms` for `modules/kms/kms-key.ts` */
const foldersAbove = (path) => (path === "." ? [] : [...foldersAbove(dirname(path)), dirname(path)]);

function fingerprintsOf(project, paths, runtime) {
  const code = require("node:crypto").createHash("sha256").update(runtime);
  const add = (hash, path) => {
    const content = readFileSync(join(project, path));
    hash.update(`\0${path}\0${content.length}\0`).update(content);
  };
  for (const path of paths) if (!isEnvironmentData(path)) add(code, path);
  const sources = code.copy();
  for (const path of paths) if (isEnvironmentData(path)) add(sources, path);
  return { code: code.digest("hex"), sources: sources.digest("hex") };
}

/**
 * Every file below a path, or the file that it is.
 *
 * @param {string} root folder that the path and the result are relative to
 */
function filesIn(root, path) {
  if (!existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesIn(root, join(path, name)));
}

module.exports = { fingerprints, fingerprintsIn, isEnvironmentData };
