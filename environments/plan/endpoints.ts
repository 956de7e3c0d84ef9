import { type EndpointService, endpointServices } from "../../modules/network/endpoint-services";
import type { Environment } from "../environment";
import type { EnvironmentCandidate } from "../options/environment";
import type { NetworkOptions } from "../options/network";
import { namesIn } from "../schema/unchecked-map";

/**
 * Services that consumers cannot do without: images come through three endpoints, and logs leave through one. Tasks on
 * Fargate need no endpoint of ECS itself. Nodes that EKS manages are told where their cluster is, so that they need none
 * of EKS; but the agent on them gets the roles of pods from EKS Auth.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
export function neededEndpoints({ security, eks }: EnvironmentCandidate): EndpointService[] {
  const needed = new Set<EndpointService>(["ecr.api", "ecr.dkr", "s3", "logs"]);
  if ((namesIn(security?.secrets) ?? []).length > 0) needed.add("secretsmanager");
  if (eks !== undefined) for (const service of ["ec2", "sts"] as const) needed.add(service);
  if (Object.keys(eks?.nodeGroups ?? {}).length > 0) needed.add("eks-auth");
  return endpointServices.filter((service) => needed.has(service));
}

/** The endpoints that an environment's network gets. */
export function endpointsOf(environment: Environment, network: NetworkOptions): readonly EndpointService[] {
  if (network.kind === "existing") return network.endpoints;
  const { endpoints, natGateways } = network;
  return endpoints ?? (natGateways === "none" ? neededEndpoints(environment as EnvironmentCandidate) : []);
}
