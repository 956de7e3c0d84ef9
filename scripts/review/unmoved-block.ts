import { isRepository, moveCommand } from "../states/listing";
import type { Move } from "../states/moves";

/**
 * Why a deploy stops before it applies a stack whose repositories another stack declares now; `undefined` if there are none.
 * The other stack would create them empty.
 */
export function unmovedBlock(
  environment: { readonly name: string },
  stack: string,
  unmoved: readonly Move[],
): string | undefined {
  const repositories = unmoved.filter(isRepository);
  if (repositories.length === 0) return undefined;
  return [
    `The plan for ${stack} would destroy repositories that other stacks declare now:`,
    ...repositories.map(({ address, to }) => `  ${address} -> ${to}`),
    `ecr.stateShards has changed, and the states have not followed. Move them, then rerun the command: ${moveCommand(environment.name)} --apply`,
  ].join("\n");
}
