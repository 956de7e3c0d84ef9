"use strict";

/**
 * How V8 works in programs that run for about a second. Together this takes a quarter off the CPU time of a synth, and a
 * tenth off its memory:
 *
 * - V8's optimizing compiler is off. In a second, it costs more CPU time on its own thread than its code saves.
 * - The young generation cannot grow.
 * - Garbage is collected on one thread, because helpers cost more CPU time than they save.
 *
 * `environments/schema/engine-flags.ts` takes the first two back for thousands of repositories.
 *
 * V8 accepts compiled code only from a process with the same flags, so what shares a pack sets these first.
 */
const { setFlagsFromString } = require("node:v8");

const setFlags = () => setFlagsFromString("--no-opt --semi-space-growth-factor=1 --no-parallel-scavenge");

/** For what a program does after it is loaded, such as the simulation of a lifecycle policy. A synth has ended by then. */
const allowOptimization = () => setFlagsFromString("--opt");

module.exports = { allowOptimization, setFlags };
