import type { Environment } from "../environments/environment";
import type { StackPlan } from "../environments/plan/stacks";
import { computeInputs } from "./compute/compute-inputs";
import type { Contract } from "./contract";
import { securityContract } from "./security/security.contract";

/** Contracts that a layer reads, by the layer that publishes them. */
export type LayerInputs = Readonly<Partial<Record<"security" | "network", Contract>>>;

/** What a layer of an environment reads. */
export function layerInputs(layer: StackPlan["layer"], environment: Environment): LayerInputs {
  if (layer === "compute") return computeInputs(environment);
  // Flow logs are encrypted. A VPC that was there before gets none.
  if (layer === "network" && environment.network?.kind === "own") return { security: securityContract };
  return {};
}
