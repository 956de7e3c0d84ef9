"use strict";

/**
 * Run a program of a copy of the project with the modules that another copy of the same code has packed:
 *
 *     node packed-start.cjs <project that has the pack> <fingerprint of its code> <program> <arguments>
 */
const { join } = require("node:path");
const { useSharedPack } = require("./shared-pack.cjs");

const [, , packed, code, program, ...args] = process.argv;
process.argv = [process.argv[0], join(useSharedPack(packed, code), `${program}.js`), ...args];
require(process.argv[1]);
