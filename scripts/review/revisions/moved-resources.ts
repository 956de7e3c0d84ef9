import { shardStackName } from "../../../environments/naming";
import { valueAt } from "../../../modules/values/value-at";
import { type Move, movesBetween } from "../../states/moves";
import { resourcesOf, type StackJson, type Stacks } from "./stack-json";

/** A {@link Move}, and the environment whose command makes it. */
export interface MovedResource extends Move {
  readonly environment: string;
}

/**
 * The resources that `npm run shards` moves to another state between two revisions, because `ecr.stateShards` differs. What
 * AWS has stays as it is.
 */
export function movedBetween(base: Stacks, head: Stacks): MovedResource[] {
  return Object.keys(head).flatMap((compute) => {
    const [, environment] = /^compute-(.*)$/.exec(compute) ?? [];
    if (environment === undefined) return [];
    const [before, now] = [base, head].map((stacks) => shardsReadBy(stacks[compute], environment)) as [
      string[],
      string[],
    ];
    // Former ones first, as the command has them.
    const names = [...before.filter((stack) => !now.includes(stack)), ...now, compute];
    const moves = movesBetween(
      names.map((stack) => {
        const addresses = [...resourcesOf(base[stack] ?? {}).keys()];
        return {
          stack,
          // The same address in two stacks is another resource.
          stored: new Map(addresses.map((address) => [address, `${stack} ${address}`])),
          declared: head[stack] && new Set(resourcesOf(head[stack]).keys()),
        };
      }),
    );
    return moves.map((move) => ({ ...move, environment }));
  });
}

/** The stacks whose repositories the stack with the consumers reads: see `shardContract`. */
function shardsReadBy(compute: StackJson | undefined, name: string): string[] {
  const sources = Object.keys(Object(valueAt(compute, ["data", "terraform_remote_state"])));
  return sources.flatMap((source) => {
    const [, number] = /^shard_(\d+)$/.exec(source) ?? [];
    return number === undefined ? [] : [shardStackName({ project: "", name }, Number(number))];
  });
}

/** The base revision after these moves. Stacks that only receive something have nothing but that. */
export function afterMoves(base: Stacks, moves: readonly Move[]): Stacks {
  const stacks: Record<string, StackJson> = { ...base };
  for (const { address, from, to } of moves) {
    const [type = "", name = ""] = address.split(".");
    const { [name]: moved, ...others } = stacks[from]?.resource?.[type] ?? {};
    if (moved === undefined) continue;
    stacks[from] = { ...stacks[from], resource: { ...stacks[from]?.resource, [type]: others } };
    const there = stacks[to]?.resource?.[type] ?? {};
    const free = Object.hasOwn(there, name) ? `${name}_of_${from}` : name;
    stacks[to] = {
      ...stacks[to],
      resource: { ...stacks[to]?.resource, [type]: { ...there, [free]: moved } },
    };
  }
  return stacks;
}
