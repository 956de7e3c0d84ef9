/** AWS services that a VPC can reach through endpoints, by the last part of the endpoint's service name. */
export const endpointServices = [
  "ecr.api",
  "ecr.dkr",
  "s3",
  "logs",
  "secretsmanager",
  "kms",
  "sts",
  "ec2",
  "eks-auth",
] as const;

export type EndpointService = (typeof endpointServices)[number];

/**
 * The service with a gateway endpoint: a route instead of network interfaces in the subnets, at no charge.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export const gatewayService = "s3" satisfies EndpointService;
