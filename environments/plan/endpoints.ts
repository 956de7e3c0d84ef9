import { type EndpointService, endpointServices } from "../../modules/network/endpoint-services";
import type { UncheckedEnvironment } from "../options/environment";
import type { NetworkOptions } from "../options/network";
import { namesIn } from "../schema/unchecked";
import { kindsIn } from "./consumers";
import type { Environment } from "./environment";

/**
 * Services that consumers must reach: images come through three endpoints, and logs leave through one. Tasks on Fargate
 * need no endpoint of ECS itself.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function neededEndpoints(environment: UncheckedEnvironment): EndpointService[] {
  const needed = new Set<EndpointService>(["ecr.api", "ecr.dkr", "s3", "logs"]);
  if ((namesIn(environment.security?.secrets) ?? []).length > 0) needed.add("secretsmanager");
  for (const kind of kindsIn(environment))
    for (const service of kind.endpoints?.(environment) ?? []) needed.add(service);
  return endpointServices.filter((service) => needed.has(service));
}

/** The endpoints that an environment's network gets. */
export function endpointsOf(environment: Environment, network: NetworkOptions): readonly EndpointService[] {
  if (network.kind === "existing") return network.endpoints;
  const { endpoints, natGateways } = network;
  return endpoints ?? (natGateways === "none" ? neededEndpoints(environment as UncheckedEnvironment) : []);
}
