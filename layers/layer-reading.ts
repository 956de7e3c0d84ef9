import type { TerraformStack } from "cdktf";
import type { Environment } from "../environments/environment";
import { stackName } from "../environments/naming";
import { type Contract, type Readings, read } from "./contract";

/** Read a contract of another layer of the same environment, from the state of its stack. */
export function readLayer<C extends Contract>(
  stack: TerraformStack,
  layer: "security" | "network",
  environment: Environment,
  contract: C,
): Readings<C> {
  return read(stack, layer, contract, {
    location: environment.state,
    stack: stackName(layer, environment),
  });
}
