"use strict";

const { readFileSync } = require("node:fs");

/**
 * Read a JSON file of the cache.
 *
 * @param {string} path
 * @returns its value; `undefined` if it is missing or damaged
 */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

module.exports = { readJson };
