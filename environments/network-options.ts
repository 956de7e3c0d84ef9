import { z } from "zod";
import { list, section, text } from "./fields";

const vpcId = text(/^vpc-[0-9a-f]{8,17}$/, "this must be the id of a VPC; write vpc-<hexadecimal digits>");
const subnetId = () =>
  text(/^subnet-[0-9a-f]{8,17}$/, "this must be the id of a subnet; write subnet-<hexadecimal digits>");

const existingVpc = section({
  kind: z.literal("existing").describe("A VPC that is there already."),
  vpcId: vpcId.describe("Id of the VPC."),
  privateSubnetIds: list(subnetId())
    .min(1, { error: "name at least one private subnet; add its id" })
    .describe("Ids of its private subnets."),
  publicSubnetIds: list(subnetId()).default([]).describe("Ids of its public subnets, for load balancers."),
});

const ownVpc = section({
  kind: z.literal("own").describe("A VPC of the environment's own."),
});

/** Where consumers run. */
export const NetworkOptions = z
  .discriminatedUnion("kind", [existingVpc, ownVpc], {
    error: 'this says where consumers run; write { kind: "own", … } or { kind: "existing", vpcId, … }',
  })
  .describe("The network that consumers run in.");

export type NetworkOptions = z.output<typeof NetworkOptions>;
