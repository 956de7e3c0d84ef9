import type { RouteTable } from "@aws-sdk/client-ec2";
import type { ExistingResource } from "./match";

/**
 * The routes of a route table to IPv4 addresses.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route#import
 */
export function existingRoutes({ RouteTableId: table = "", Routes = [] }: RouteTable): ExistingResource[] {
  return Routes.flatMap(({ DestinationCidrBlock: destination }) =>
    destination === undefined
      ? []
      : [
          {
            id: `${table}_${destination}`,
            arguments: { route_table_id: table, destination_cidr_block: destination },
            tags: {},
          },
        ],
  );
}

/**
 * The associations of a route table with subnets. They are not left to Terraform to refuse: its error for one that does not
 * exist names no resource.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table_association#import
 */
export function existingAssociations({
  RouteTableId: table = "",
  Associations = [],
}: RouteTable): ExistingResource[] {
  return Associations.flatMap(({ SubnetId: subnet }) =>
    subnet === undefined
      ? []
      : [{ id: `${subnet}/${table}`, arguments: { route_table_id: table, subnet_id: subnet }, tags: {} }],
  );
}
