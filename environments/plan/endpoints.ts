import { type EndpointService, endpointServices } from "../../modules/network/endpoint-services";
import type { UncheckedEnvironment } from "../options/environment";
import type { NetworkOptions } from "../options/network";
import { namesIn } from "../schema/unchecked";
import { kindsIn } from "./consumers";
import type { Environment } from "./environment";

/**
 * Services that consumers must reach: three endpoints to pull images and one to send logs. Tasks on Fargate do not need
 * the ECS endpoints.
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

/** The endpoints to create in an environment's network. */
export function endpointsOf(environment: Environment, network: NetworkOptions): readonly EndpointService[] {
  if (network.kind === "existing") return network.endpoints;
  const { endpoints, natGateways } = network;
  return endpoints ?? (natGateways === "none" ? neededEndpoints(environment as UncheckedEnvironment) : []);
}
