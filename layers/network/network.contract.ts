import { type Contract, listOf, one } from "../contract";
import { subnetId, vpcCidr, vpcId } from "../value-kind";

/** The outputs that the network layer provides to other layers. */
export const networkContract = {
  vpc_id: one(vpcId, "Id of the VPC"),
  vpc_cidr_block: one(vpcCidr, "IPv4 range of the VPC"),
  private_subnet_ids: listOf(subnetId, "Ids of the subnets without public addresses, where consumers run"),
  public_subnet_ids: listOf(subnetId, "Ids of the subnets with public addresses, where load balancers are"),
} as const satisfies Contract;
