import { z } from "zod";
import { endpointServices } from "../../modules/network/endpoint-services";
import { natGatewayChoices } from "../../modules/network/nat-gateways";
import { maxZones, vpcCidrProblems } from "../../modules/network/subnet-plan";
import { nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { distinct, logRetention } from "../schema/fields";

const vpcId = text(/^vpc-[0-9a-f]{8,17}$/, "this must be the ID of a VPC; use vpc-<hexadecimal digits>");
const subnetId = () =>
  text(/^subnet-[0-9a-f]{8,17}$/, "this must be the ID of a subnet; use subnet-<hexadecimal digits>");
const routeTableId = text(
  /^rtb-[0-9a-f]{8,17}$/,
  "this must be the ID of a route table; use rtb-<hexadecimal digits>",
);

const zone = text(
  /^[a-z]{2,4}(?:-[a-z]+)+-\d[a-z]$/,
  "an Availability Zone is a Region code and a letter; use a zone such as us-east-1a",
);

const cidr = z
  .string({ error: "this must be an IPv4 range in CIDR notation; use a string such as '10.0.0.0/16'" })
  .superRefine((cidrBlock, context) => {
    for (const message of vpcCidrProblems(cidrBlock)) context.addIssue({ code: "custom", message });
  });

const endpoints = () => distinct(oneOf(endpointServices));

const existingVpc = object({
  kind: z.literal("existing").describe("A VPC that exists already."),
  vpcId: vpcId.describe("ID of the VPC."),
  privateSubnetIds: distinct(subnetId())
    .min(1, { error: "the list needs at least one private subnet; add its ID" })
    .describe("IDs of its private subnets. With `endpoints`, one for each Availability Zone."),
  publicSubnetIds: distinct(subnetId())
    .default([])
    .describe("IDs of its public subnets, for load balancers."),
  endpoints: endpoints()
    .default([])
    .describe(
      "VPC endpoints to create in it, in addition to its existing endpoints: AWS rejects a second endpoint for the same service. `s3` requires `privateRouteTableIds`.",
    ),
  privateRouteTableIds: distinct(routeTableId)
    .default([])
    .describe("IDs of the route tables of its private subnets, for the `s3` endpoint."),
});

const ownVpc = object({
  kind: z.literal("own").describe("A new VPC for the environment."),
  cidr: cidr.describe(
    "Range of private IPv4 addresses, `/16` to `/23`. Changing it replaces the VPC and everything in it.",
  ),
  mayOverlap: distinct(nonEmpty("this must be the name of an environment; use a string"))
    .default([])
    .describe(
      "Environments whose VPC may have an overlapping range, because the two VPCs are never connected.",
    ),
  availabilityZones: distinct(zone)
    .min(2, { error: "load balancers and EKS need two zones; add one" })
    .max(maxZones, { error: `the VPC's range has space for ${maxZones} zones; remove some` })
    .describe(
      "Availability Zones in the Region. Each has a private subnet (an eighth of the range) and a public subnet (a sixteenth). Add new zones at the end: subnets are numbered in this order.",
    ),
  natGateways: oneOf(natGatewayChoices)
    .default("one-per-zone")
    .describe(
      "How private subnets reach the internet: through a NAT gateway in their zone, through a single NAT gateway in the first zone, or not at all.",
    ),
  endpoints: endpoints().optional().meta({
    description:
      "VPC endpoints, which provide access to AWS services without the internet. `s3` is free; AWS bills every other endpoint per zone and hour. Through `s3`, containers can reach only the buckets of image layers and the buckets in the account.",
    defaultNote:
      'none; with `natGateways: "none"`, `ecr.api`, `ecr.dkr`, `s3`, `logs` and the others that the environment needs: `secretsmanager` for secrets, `ec2` and `sts` for EKS, `eks-auth` for its nodes, `ssmmessages` for ECS Exec',
  }),
  flowLogs: object({
    retentionInDays: logRetention().default(365).describe("Days to keep the flow logs."),
  })
    .prefault({})
    .describe("VPC flow logs, encrypted with the logs key of the security layer."),
});

/** The network that consumers run in. */
export const NetworkOptions = z
  .discriminatedUnion("kind", [existingVpc, ownVpc], {
    error: 'this must be a network; use { kind: "own", … } or { kind: "existing", vpcId, … }',
  })
  .describe("The network that consumers run in.");

export type NetworkOptions = z.output<typeof NetworkOptions>;

/** A VPC that the environment creates. */
export type OwnNetwork = Extract<NetworkOptions, { kind: "own" }>;

/** A VPC that exists already. */
export type ExistingNetwork = Extract<NetworkOptions, { kind: "existing" }>;
