import { registrySettings } from "../../modules/ecr/registry/ecr-registry-module";
import { CommandError } from "./command";
import { commandLine } from "./in-order";
import type { Stack } from "./stack";
import { resourcesIn } from "./state";

/** Settings of a registry that another project owns by now, and that the state of this project's stack still has. */
export async function forgottenSettings(registry: Stack): Promise<string[]> {
  if (registry.environment.ecr.registryOwner === "this-project") return [];
  const inState = new Set(await resourcesIn(registry));
  return registrySettings.filter((address) => inState.has(address));
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
