"use strict";

const { getPriority, setPriority } = require("node:os");

/**
 * Lower the priority of a process, and of what it starts from now on. Where that is not allowed, it keeps its own.
 *
 * @param {number} priority from 0, which is the usual one, to 19
 * @param {number} pid @default - this process
 */
function lowerPriority(priority, pid = process.pid) {
  try {
    setPriority(pid, Math.max(priority, getPriority(pid)));
  } catch {
    // It only takes longer.
  }
}

module.exports = { lowerPriority };
