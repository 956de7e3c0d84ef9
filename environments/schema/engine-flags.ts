import { setFlagsFromString } from "node:v8";
import { valueAt } from "../../modules/values/value-at";

/** Repositories of all environment files that were defined so far. */
let repositories = 0;

/** From how many repositories on a synth runs for seconds. */
const many = 2_000;

/**
 * Let V8 optimize and let its young generation grow, as both do by default, if a synth runs for seconds: then it needs
 * a third less CPU time. See start/engine-flags.cjs for what `run.cjs` sets for all others.
 *
 * @param input options of an environment, not yet validated
 */
export function setFlagsForSize(input: unknown): void {
  const before = repositories;
  repositories += Object.keys(Object(valueAt(input, ["ecr", "repositories"]))).length;
  if (before <= many && repositories > many) setFlagsFromString("--opt --semi-space-growth-factor=2");
}
