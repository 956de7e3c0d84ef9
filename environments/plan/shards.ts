import { createHash } from "node:crypto";
import { shardStackName } from "../naming";
import type { Environment } from "./environment";

/** One of the stacks that share the repositories of an environment. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  /** E.g. `compute-dev-1`. */
  readonly stack: string;
  /** Short names of its repositories, in the order of the file. */
  readonly repositories: readonly string[];
}

/**
 * The stacks that share the repositories of an environment; none if all are in `compute-<environment>`. One without a
 * repository exists too, so that Terraform can destroy its last.
 */
export function shardsOf(environment: Pick<Environment, "project" | "name" | "ecr">): Shard[] {
  const { repositories, stateShards = 0 } = environment.ecr;
  const members = Array.from({ length: stateShards }, (): string[] => []);
  if (stateShards > 0)
    for (const name of Object.keys(repositories)) members[shardNumber(name, stateShards) - 1]?.push(name);
  return members.map((names, index) => ({
    number: index + 1,
    stack: shardStackName(environment, index + 1),
    repositories: names,
  }));
}

/**
 * The shard of a repository, from 1, by rendezvous hashing: the one whose hash with the name is greatest. It depends on
 * nothing but the name and the count. With one shard more, only repositories of the new one move, and with one less, only
 * those of the last.
 *
 * @see https://en.wikipedia.org/wiki/Rendezvous_hashing
 */
export function shardNumber(shortName: string, count: number): number {
  if (count === 1) return 1;
  let best = { number: 1, weight: "" };
  for (let number = 1; number <= count; number++) {
    const weight = createHash("sha256").update(`${number}/${shortName}`).digest("hex");
    if (weight > best.weight) best = { number, weight };
  }
  return best.number;
}
