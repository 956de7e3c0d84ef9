import { z } from "zod";
import { endpointServices } from "../../modules/network/endpoint-services";
import { natGatewayChoices } from "../../modules/network/nat-gateways";
import { maxZones, vpcCidrProblems } from "../../modules/network/subnet-plan";
import { distinct, logRetention, nonEmpty, object, oneOf, text } from "../schema/fields";

const vpcId = text(/^vpc-[0-9a-f]{8,17}$/, "this must be the id of a VPC; write vpc-<hexadecimal digits>");
const subnetId = () =>
  text(/^subnet-[0-9a-f]{8,17}$/, "this must be the id of a subnet; write subnet-<hexadecimal digits>");
const routeTableId = text(
  /^rtb-[0-9a-f]{8,17}$/,
  "this must be the id of a route table; write rtb-<hexadecimal digits>",
);

const zone = text(
  /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/,
  "an Availability Zone is a Region and a letter; write for example us-east-1a",
);

const cidr = z
  .string({ error: "a range of addresses is text; write for example '10.0.0.0/16'" })
  .superRefine((cidrBlock, context) => {
    for (const message of vpcCidrProblems(cidrBlock)) context.addIssue({ code: "custom", message });
  });

const endpoints = () => distinct(oneOf(endpointServices));

const existingVpc = object({
  kind: z.literal("existing").describe("A VPC that is there already."),
  vpcId: vpcId.describe("Id of the VPC."),
  privateSubnetIds: distinct(subnetId())
    .min(1, { error: "name at least one private subnet; add its id" })
    .describe("Ids of its private subnets. With `endpoints`, one for each Availability Zone."),
  publicSubnetIds: distinct(subnetId())
    .default([])
    .describe("Ids of its public subnets, for load balancers."),
  endpoints: endpoints()
    .default([])
    .describe(
      "VPC endpoints to make in it, besides those that it has: AWS refuses a second one for the same service. `s3` needs `privateRouteTableIds`.",
    ),
  privateRouteTableIds: distinct(routeTableId)
    .default([])
    .describe("Ids of the route tables of its private subnets, for the endpoint `s3`."),
});

const ownVpc = object({
  kind: z.literal("own").describe("A VPC of the environment's own."),
  cidr: cidr.describe(
    "Range of private IPv4 addresses, `/16` to `/23`. Changing it replaces the VPC and all that is in it.",
  ),
  mayOverlap: distinct(nonEmpty("this is the name of an environment; write it as a string"))
    .default([])
    .describe("Environments whose VPC may have the same addresses, because the two are never connected."),
  availabilityZones: distinct(zone)
    .min(2, { error: "load balancers and EKS need two zones; add one" })
    .max(maxZones, { error: `a VPC has room for ${maxZones} zones; remove some` })
    .describe(
      "Zones of the Region. Each has a private subnet (an eighth of the range) and a public one (a sixteenth). Append new ones at the end: subnets are numbered in this order.",
    ),
  natGateways: oneOf(natGatewayChoices)
    .default("one-per-zone")
    .describe(
      "How private subnets reach the internet: through a NAT gateway of their zone, through the one of the first zone, or not at all.",
    ),
  endpoints: endpoints().optional().meta({
    description:
      "VPC endpoints through which AWS is reached without the internet. `s3` is free; each other costs for every zone and hour. Through `s3` containers reach the layers of images and the buckets of the account, and no others.",
    defaultNote:
      'none; with `natGateways: "none"`, `ecr.api`, `ecr.dkr`, `s3`, `logs` and what else the environment needs: `secretsmanager` for secrets, `ec2` and `sts` for EKS, `eks-auth` for its nodes',
  }),
  flowLogs: object({
    retentionInDays: logRetention().default(365).describe("How many days flow logs are kept."),
  })
    .prefault({})
    .describe("The log of all connections in the VPC, encrypted with the logs key of the security layer."),
});

/** Where consumers run. */
export const NetworkOptions = z
  .discriminatedUnion("kind", [existingVpc, ownVpc], {
    error: 'this says where consumers run; write { kind: "own", … } or { kind: "existing", vpcId, … }',
  })
  .describe("The network that consumers run in.");

export type NetworkOptions = z.output<typeof NetworkOptions>;

/** A VPC that the environment makes. */
export type OwnNetwork = Extract<NetworkOptions, { kind: "own" }>;

/** A VPC that was there before. */
export type ExistingNetwork = Extract<NetworkOptions, { kind: "existing" }>;
