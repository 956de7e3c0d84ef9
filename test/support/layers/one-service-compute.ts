import { Testing } from "cdktf";
import { expect } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { literalEnvironment } from "../../../environments/plan/literal-environment";
import { ComputeLayer } from "../../../layers/compute/compute-layer";
import { certificateArn, type ServiceInput, withService } from "../environments/one-service";
import { bareApp, type StackJson } from "../synth";

/** Terraform JSON of the compute layer alone, with the service `web`. */
export function computeWith(
  options: Partial<ServiceInput>,
  change: Partial<EnvironmentInput> = {},
): StackJson {
  const [environment] = loadEnvironments(withService(options, change));
  if (environment === undefined) throw new Error("there is no environment");
  return JSON.parse(Testing.synth(new ComputeLayer(bareApp(), literalEnvironment(environment)), true));
}

/** The resources of a type. */
export const all = (json: StackJson, type: string): StackJson[] =>
  Object.values<StackJson>(json["resource"]?.[type] ?? {});

/** The one resource of a type. */
export function one(json: StackJson, type: string): StackJson {
  expect([type, all(json, type)]).toEqual([type, [expect.anything()]]);
  return all(json, type)[0] ?? {};
}

/** What another layer publishes, as compute refers to it. */
export const outputOf = (layer: string, output: string): string =>
  `\${data.terraform_remote_state.${layer}.outputs.${output}}`;

/** Options of a service behind a load balancer. */
export const behind = { port: 8080, loadBalancer: { certificateArn } } as const;
