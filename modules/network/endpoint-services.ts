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
  "ssmmessages",
] as const;

export type EndpointService = (typeof endpointServices)[number];

/**
 * The service with a gateway endpoint: a route instead of network interfaces in the subnets, at no charge.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export const gatewayService = "s3" satisfies EndpointService;

/** Partitions in which some services have another prefix than `com.amazonaws`. */
const prefixes: readonly {
  readonly prefix: string;
  readonly regions: readonly string[];
  readonly services: readonly EndpointService[];
}[] = [
  {
    prefix: "cn.com.amazonaws",
    regions: ["cn-north-1", "cn-northwest-1"],
    services: ["ec2", "ecr.api", "ecr.dkr", "sts"],
  },
  { prefix: "eu.amazonaws", regions: ["eusc-de-east-1"], services: ["ecr.api", "ecr.dkr"] },
  {
    prefix: "gov.ic.c2s",
    regions: ["us-iso-east-1", "us-iso-west-1"],
    services: ["ec2", "ecr.api", "ecr.dkr"],
  },
  { prefix: "gov.sgov.sc2s", regions: ["us-isob-east-1"], services: ["ec2", "ecr.api", "ecr.dkr"] },
  { prefix: "gov.sgov.sc2s", regions: ["us-isob-west-1"], services: ["ecr.api", "ecr.dkr"] },
  {
    prefix: "gov.ic.hci.csp",
    regions: ["us-isof-south-1", "us-isof-east-1"],
    services: ["ecr.api", "ecr.dkr"],
  },
  { prefix: "uk.adc-e.cloud", regions: ["eu-isoe-west-1"], services: ["ecr.api", "ecr.dkr"] },
];

/**
 * Name of a service's endpoint in a Region, e.g. `com.amazonaws.us-east-1.ecr.api` or `cn.com.amazonaws.cn-north-1.ecr.api`. The
 * names are in no rule: AWS's own CDK lists those that begin differently, as `aws ec2 describe-vpc-endpoint-services` returns
 * them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts getDefaultEndpointPrefix
 */
export function endpointServiceName(service: EndpointService, region: string): string {
  const other = prefixes.find(
    ({ regions, services }) => regions.includes(region) && services.includes(service),
  );
  return `${other?.prefix ?? "com.amazonaws"}.${region}.${service}`;
}
