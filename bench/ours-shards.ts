import { writeReplicated } from "./replicated-environment";

/** The number of stacks that share the repositories. */
const shards = 20;

/**
 * As `ours-replicas`, with the repositories in 20 states: `node build/bench/ours-shards.js <repositories> <output folder>`.
 */
writeReplicated("ours-shards", process.argv.slice(2), shards);
