import { dirname, join } from "node:path";
import { stacksOf } from "../../environments/plan/stacks";
import { effectOf, type TerraformPlan } from "../review/terraform-plan";
import { declaredIn } from "../states/declared";
import { type Move, movesBetween } from "../states/moves";
import type { Stack } from "./stack";

/**
 * The resources that a plan destroys although another stack of the environment declares them: `ecr.stateShards` has changed,
 * and their states were not moved, or not all the way.
 */
export function unmovedIn(
  { stack, layer, environment, directory }: Stack,
  { resource_changes: changes = [] }: TerraformPlan,
): Move[] {
  const stacks = stacksOf(environment).filter((one) => one.layer === layer);
  const destroyed = changes.filter((change) => effectOf(change) === "destroy").map(({ address }) => address);
  if (layer !== "compute" || stacks.length < 2 || destroyed.length === 0) return [];
  return movesBetween(
    stacks.map(({ stack: name }) => ({
      stack: name,
      stored: new Map(name === stack ? destroyed.map((address) => [address, undefined]) : []),
      declared: declaredIn(join(dirname(directory), name)),
    })),
  );
}
