import type { Environment } from "../plan/environment";
import type { Warning } from "./warning";

/**
 * A cache with the prefix ROOT covers every repository of the registry without a cache of its own, also those that other
 * stacks create.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-private-wildcards.html
 */
export function rootCacheWarnings({ ecr }: Environment): Warning[] {
  return Object.entries(ecr.pullThroughCache).flatMap(([repository, { prefix, upstream }]): Warning[] =>
    prefix === undefined
      ? []
      : [
          {
            warning: "root-cache-covers-registry",
            repository,
            path: ["ecr", "pullThroughCache", repository, "prefix"],
            text: `The prefix ROOT covers every repository of the registry that no other cache covers, also those of other teams: a pull of a name that exists upstream (${upstream}) may import that image. Use immutable tags, or a cache without prefix.`,
          },
        ],
  );
}
