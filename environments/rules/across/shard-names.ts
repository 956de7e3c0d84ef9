import type { Environment } from "../../plan/environment";
import type { Problem } from "../../schema/problem";

/**
 * Environments that are called like the shards of another: `dev-1` beside `dev`, whose shard would be the stack
 * `compute-dev-1` too. In one place of states, `dev-eu` is too close as well: pipelines of `dev` have access to the states
 * `compute-dev-?` and `compute-dev-??`.
 */
export function shardNameClashes(environments: readonly Environment[]): Problem[] {
  return environments.flatMap((environment): Problem[] => {
    const sharded = environments.find(
      (other) =>
        other.ecr.stateShards !== undefined &&
        environment.name.startsWith(`${other.name}-`) &&
        isClose(environment, other),
    );
    if (sharded === undefined) return [];
    return [
      {
        file: environment.file,
        path: ["name"],
        found: environment.name,
        advice: `${sharded.file} has ecr.stateShards, so its stacks are called compute-${sharded.name}-1 and so on, and its pipelines have access to their states by such names; rename one environment`,
      },
    ];
  });
}

function isClose(environment: Environment, sharded: Environment): boolean {
  const rest = environment.name.slice(sharded.name.length + 1);
  if (/^\d{1,2}$/.test(rest)) return true;
  const [a, b] = [environment.state, sharded.state];
  return (
    rest.length <= 2 &&
    a.backend === "s3" &&
    b.backend === "s3" &&
    a.bucket === b.bucket &&
    a.keyPrefix === b.keyPrefix
  );
}
