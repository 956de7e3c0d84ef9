"use strict";

/**
 * How V8 collects garbage in programs that run for about a second: with a young generation that cannot grow, which saves a
 * sixth of the memory, and on one thread, because helpers cost more CPU time than they save. `app.ts` lets the young
 * generation grow for thousands of repositories.
 *
 * V8 accepts compiled code only from a process with the same flags, so what shares a pack sets these first.
 */
const { setFlagsFromString } = require("node:v8");

const setFlags = () => setFlagsFromString("--semi-space-growth-factor=1 --no-parallel-scavenge");

module.exports = { setFlags };
