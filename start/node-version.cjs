"use strict";

/**
 * Compare a version of Node.js with those that the project supports.
 *
 * @param {string} version e.g. `20.18.1`
 * @param {string} supported `engines.node` of package.json: carets, separated by `||`
 * @returns {{ tooOld: boolean, message: string } | undefined} `undefined` for a supported version. A version that is newer
 *   than the oldest one, but not supported, may well work
 */
function nodeProblem(version, supported) {
  const oldest = supported.split("||").map((range) => numbersIn(range));
  const found = numbersIn(version);
  if (oldest.some((least) => least[0] === found[0] && !isOlder(found, least))) return undefined;
  const tooOld = isOlder(found, oldest[0]) || oldest.some((least) => least[0] === found[0]);
  const versions = oldest.map(([major, minor]) =>
    minor === 0 ? `${major}` : `${major} (${major}.${minor} or later)`,
  );
  const rule = `supported are ${versions.slice(0, -1).join(", ")} and ${versions.at(-1)}`;
  return {
    tooOld,
    message: `This is Node.js ${version}, ${tooOld ? "which is too old" : "which is not tested"}; ${rule}. Install one of them.`,
  };
}

/** @param {string} text */
const numbersIn = (text) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);

function isOlder([major, minor, patch], [leastMajor, leastMinor, leastPatch]) {
  return (major - leastMajor || minor - leastMinor || patch - leastPatch) < 0;
}

/** Say that this version of Node.js is not supported, and end if it is too old. */
function checkNodeVersion() {
  const problem = nodeProblem(process.versions.node, require("../package.json").engines.node);
  if (problem === undefined) return;
  process.stderr.write(`${problem.message}\n`);
  if (problem.tooOld) process.exit(1);
}

module.exports = { checkNodeVersion, nodeProblem };
