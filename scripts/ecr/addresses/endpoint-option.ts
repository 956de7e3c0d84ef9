import { Option } from "commander";
import {
  endpointHost,
  type RegistryEndpoint,
  registryEndpoints,
} from "../../../modules/ecr/repository/registry-endpoint";
import { CommandError } from "../../runner/command";

/** The options that choose how a registry is reached. */
export interface EndpointOptions {
  readonly endpoint: RegistryEndpoint;
}

/** `--endpoint`: IPv4 by default, as in the outputs of the stacks. */
export const endpointOption = (): Option =>
  new Option("--endpoint <type>", "hosts for IPv4, for IPv4 and IPv6 (dual-stack), or with FIPS cryptography")
    .choices(registryEndpoints)
    .default("ipv4");

/** Host of a registry at the endpoint that was chosen. @throws CommandError when the Region has no such endpoint */
export function chosenHost(
  registry: { readonly accountId: string; readonly region: string },
  endpoint: RegistryEndpoint,
): string {
  const host = endpointHost(registry, endpoint);
  if (host !== undefined) return host;
  const available = registryEndpoints.filter((one) => endpointHost(registry, one) !== undefined);
  throw new CommandError(
    `--endpoint: AWS documents no ${endpoint} host of ECR in ${registry.region}; choose from ${available.join(", ")}`,
  );
}
