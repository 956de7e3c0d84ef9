"use strict";

/** Fingerprints of what a command depends on: equal as long as nothing of it has changed. */
const { createHash } = require("node:crypto");
const { existsSync, readdirSync, readFileSync, statSync } = require("node:fs");
const { join } = require("node:path");

/**
 * Whether a file holds the user's environments. The other files beside it are code.
 *
 * @param {string} path path in the project or in `build`, e.g. `environments/dev.ts`
 */
const isEnvironmentData = (path) => /^environments[\\/](?!(?:environment|load|naming)\.)[^\\/]+$/.test(path);

/**
 * Two fingerprints of the contents of all sources and settings: `sources` of everything, `code` of everything but the
 * environment files. Both change with the versions of Node.js and TypeScript, and with the folder of the project.
 *
 * @param {string} project folder of the project
 */
function fingerprints(project) {
  const { include } = JSON.parse(readFileSync(join(project, "tsconfig.build.json"), "utf8"));
  const settings = readdirSync(project).filter((name) => name.endsWith(".json"));
  const paths = [
    ...settings,
    ...include.flatMap((entry) => filesIn(project, entry)),
    "node_modules/typescript/package.json",
  ];
  const code = createHash("sha256").update(
    `${process.version} ${process.platform} ${process.arch} ${project}`,
  );
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

/**
 * What the file system says of a file or folder, without its content. An edit changes the time of change (ctime), which
 * programs cannot set; a folder changes when a file is added to it or removed.
 *
 * @returns {string} `absent` where there is none
 */
function stampOf(path) {
  const stat = statOf(path);
  return stat ? `${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}:${stat.ino}` : "absent";
}

/** When a file or folder last changed, in milliseconds since 1970. 0 where there is none. */
const changedAt = (path) => Number(statOf(path)?.ctimeMs ?? 0n);

function statOf(path) {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    // The compiler also looks for paths below what is a file.
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** One fingerprint of many stamps. */
const digestOf = (stamps) => createHash("sha256").update(stamps.join("\n")).digest("hex");

/** One fingerprint of the stamps that many files have now. */
const stampOfAll = (paths) => digestOf(paths.map(stampOf));

module.exports = { changedAt, digestOf, filesIn, fingerprints, isEnvironmentData, stampOf, stampOfAll };
