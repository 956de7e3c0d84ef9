import { writeReplicated } from "./replicated-environment";

/** Replicas in two Regions, in one state: `node build/bench/ours-replicas.js <repositories> <output folder>`. */
writeReplicated("ours-replicas", process.argv.slice(2));
