"use strict";

/** Lower priority of what most tests do not wait for. */
const { getPriority, setPriority } = require("node:os");

/** A quarter of the CPU time of a core that another process keeps busy; the lowest priority gets next to nothing. */
const low = 5;

/** Lower the priority of a process. Where that is not allowed, it keeps its own. */
function lowerPriority(pid) {
  try {
    setPriority(pid, Math.max(low, getPriority(pid)));
  } catch {
    // It only takes longer.
  }
}

module.exports = { lowerPriority };
