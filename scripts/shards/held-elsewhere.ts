import type { Stack } from "../runner/stack";
import { declaredIn } from "../states/declared";
import { type Move, movesBetween, storedIn } from "../states/moves";
import { pull } from "./states";

/**
 * The resources that are in the state of one compute stack, while another declares them: their states were not moved after
 * `ecr.stateShards` had changed. Stacks that the environment no longer has are not looked at.
 *
 * @throws CommandError when a state cannot be read
 */
export async function heldElsewhere(stacks: readonly Stack[]): Promise<Move[]> {
  const shared = stacks.filter(({ layer }) => layer === "compute");
  if (shared.length < 2) return [];
  const resources: Parameters<typeof movesBetween>[0][number][] = [];
  for (const stack of shared)
    resources.push({
      stack: stack.stack,
      stored: storedIn(await pull(stack)),
      declared: declaredIn(stack.directory),
    });
  return movesBetween(resources);
}
