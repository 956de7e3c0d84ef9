import type { Environment } from "../../environments/environment";
import { holdsSecrets } from "../../environments/options/secrets";
import type { Contract } from "../contract";
import { networkContract } from "../network/network.contract";
import {
  ecsRolesContract,
  eksRolesContract,
  lambdaRolesContract,
  secretsContract,
  securityContract,
} from "../security/security.contract";

/** Contracts that the compute layer of an environment reads, by the layer that publishes them. */
export function computeInputs(environment: Environment): Readonly<Record<"security" | "network", Contract>> {
  const { ecs, lambda, eks, network } = environment;
  return {
    security: {
      ...securityContract,
      ...(holdsSecrets(environment) && secretsContract),
      ...(ecs && ecsRolesContract),
      ...(lambda && lambdaRolesContract),
      ...(eks && eksRolesContract),
    },
    network: network ? networkContract : {},
  };
}
