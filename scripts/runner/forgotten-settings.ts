import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command";
import { commandLine } from "./in-order";
import type { Stack } from "./stack";
import { resourcesIn } from "./state";

/**
 * Settings of a registry that another project owns by now, and that the state of this project's stack still has: those for
 * which the stack has `removed` blocks.
 */
export async function forgottenSettings(registry: Stack): Promise<string[]> {
  const { removed = [] }: { removed?: { from: string }[] } = JSON.parse(
    readFileSync(join(registry.directory, "cdk.tf.json"), "utf8"),
  );
  if (removed.length === 0) return [];
  const inState = new Set(await resourcesIn(registry));
  return removed.flatMap(({ from }) => (inState.has(from) ? [from] : []));
}

/**
 * Require that a stack has forgotten them before it is destroyed: `terraform destroy` ignores that it should, and would
 * reset the registry of the other project.
 *
 * @throws CommandError when one is still in the state of a registry's stack
 */
export async function requireForgotten(stacks: readonly Stack[]): Promise<void> {
  for (const stack of stacks.filter(({ layer }) => layer === "registry")) {
    const settings = await forgottenSettings(stack);
    if (settings.length > 0)
      throw new CommandError(
        `${stack.stack} still has ${settings.join(", ")} in its state, and another project owns these settings; destroying would reset them. Let it forget them first: ${commandLine("deploy", stack.environment.name, ["registry"])}`,
      );
  }
}
