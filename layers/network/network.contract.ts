import { type Contract, listOf } from "../contract";

/** The outputs that the network layer provides to other layers. */
export const networkContract = {
  vpc_id: "Id of the VPC",
  vpc_cidr_block: "IPv4 range of the VPC",
  private_subnet_ids: listOf("Ids of the subnets without public addresses, where consumers run"),
  public_subnet_ids: listOf("Ids of the subnets with public addresses, where load balancers are"),
} as const satisfies Contract;
