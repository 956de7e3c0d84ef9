import type { EC2Client, Filter, RouteTable } from "@aws-sdk/client-ec2";
import { existingAssociations, existingRoutes } from "./existing-routes";
import { existingRule } from "./existing-rule";
import { collect, type Lookup, type Search, tagMap } from "./lookup";
import type { ExistingResource } from "./match";

type Sdk = typeof import("@aws-sdk/client-ec2");

/** What a lookup asks with: the SDK, a client, and filters by the tags of the stack. */
interface Ec2 {
  readonly sdk: Sdk;
  readonly client: EC2Client;
  readonly Filters: Filter[];
}

/** Reads resources that belong to EC2. Those that are being deleted, or have been, are left out. */
const lookups: Readonly<Record<string, (ec2: Ec2) => Promise<ExistingResource[]>>> = {
  aws_vpc: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeVpcs({ client }, { Filters }),
      ({ Vpcs }) => Vpcs,
      ({ VpcId = "", CidrBlock, Tags }) => ({
        id: VpcId,
        arguments: { cidr_block: CidrBlock },
        tags: tagMap(Tags),
      }),
    ),
  aws_eip: async ({ sdk, client, Filters }) => {
    const { Addresses = [] } = await client.send(new sdk.DescribeAddressesCommand({ Filters }));
    return Addresses.map(({ AllocationId = "", Domain, Tags }) => ({
      id: AllocationId,
      arguments: { domain: Domain },
      tags: tagMap(Tags),
    }));
  },
  aws_internet_gateway: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeInternetGateways({ client }, { Filters }),
      ({ InternetGateways }) => InternetGateways,
      ({ InternetGatewayId = "", Tags }) => ({ id: InternetGatewayId, arguments: {}, tags: tagMap(Tags) }),
    ),
  aws_launch_template: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeLaunchTemplates({ client }, { Filters }),
      ({ LaunchTemplates }) => LaunchTemplates,
      ({ LaunchTemplateId = "", LaunchTemplateName, Tags }) => ({
        id: LaunchTemplateId,
        arguments: { name: LaunchTemplateName },
        tags: tagMap(Tags),
      }),
    ),
  aws_subnet: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeSubnets({ client }, { Filters }),
      ({ Subnets }) => Subnets,
      ({ SubnetId = "", VpcId, CidrBlock, AvailabilityZone, Tags }) => ({
        id: SubnetId,
        arguments: { vpc_id: VpcId, cidr_block: CidrBlock, availability_zone: AvailabilityZone },
        tags: tagMap(Tags),
      }),
    ),
  aws_route_table: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeRouteTables({ client }, { Filters }),
      ({ RouteTables }) => RouteTables,
      ({ RouteTableId = "", VpcId, Tags }) => ({
        id: RouteTableId,
        arguments: { vpc_id: VpcId },
        tags: tagMap(Tags),
      }),
    ),
  aws_security_group: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeSecurityGroups({ client }, { Filters }),
      ({ SecurityGroups }) => SecurityGroups,
      ({ GroupId = "", GroupName, Tags }) => ({
        id: GroupId,
        arguments: { name: GroupName },
        tags: tagMap(Tags),
      }),
    ),
  aws_vpc_endpoint: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeVpcEndpoints({ client }, { Filters }),
      ({ VpcEndpoints }) => VpcEndpoints?.filter(({ State }) => !/^delet/i.test(State ?? "")),
      ({ VpcEndpointId = "", VpcId, ServiceName, Tags }) => ({
        id: VpcEndpointId,
        arguments: { vpc_id: VpcId, service_name: ServiceName },
        tags: tagMap(Tags),
      }),
    ),
  aws_flow_log: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeFlowLogs({ client }, { Filter: Filters }),
      ({ FlowLogs }) => FlowLogs,
      ({ FlowLogId = "", ResourceId, TrafficType, Tags }) => ({
        id: FlowLogId,
        arguments: { vpc_id: ResourceId, traffic_type: TrafficType },
        tags: tagMap(Tags),
      }),
    ),
  aws_nat_gateway: ({ sdk, client, Filters }) =>
    collect(
      sdk.paginateDescribeNatGateways({ client }, { Filter: Filters }),
      ({ NatGateways }) => NatGateways?.filter(({ State }) => State === "available" || State === "pending"),
      ({ NatGatewayId = "", SubnetId, Tags }) => ({
        id: NatGatewayId,
        arguments: { subnet_id: SubnetId },
        tags: tagMap(Tags),
      }),
    ),
  aws_route: (ec2) => inRouteTables(ec2, existingRoutes),
  aws_route_table_association: (ec2) => inRouteTables(ec2, existingAssociations),
  aws_vpc_security_group_egress_rule: (ec2) => rules(ec2, true),
  aws_vpc_security_group_ingress_rule: (ec2) => rules(ec2, false),
};

/** What belongs to the route tables that have the tags of the stack. */
async function inRouteTables(
  { sdk, client, Filters }: Ec2,
  parts: (table: RouteTable) => ExistingResource[],
): Promise<ExistingResource[]> {
  const found: ExistingResource[] = [];
  for await (const { RouteTables = [] } of sdk.paginateDescribeRouteTables({ client }, { Filters }))
    found.push(...RouteTables.flatMap(parts));
  return found;
}

function rules({ sdk, client, Filters }: Ec2, isEgress: boolean): Promise<ExistingResource[]> {
  return collect(
    sdk.paginateDescribeSecurityGroupRules({ client }, { Filters }),
    ({ SecurityGroupRules }) => SecurityGroupRules?.filter((rule) => rule.IsEgress === isEgress),
    existingRule,
  );
}

/** Resources of EC2 that have the tags of the stack, by type. */
export const ec2Lookups: Readonly<Record<string, Lookup>> = Object.fromEntries(
  Object.entries(lookups).map(([type, lookup]) => [
    type,
    async ({ settings, stackTags }: Search) => {
      const sdk = await import("@aws-sdk/client-ec2");
      const client = new sdk.EC2Client(settings);
      return lookup({ sdk, client, Filters: tagFilters(stackTags) });
    },
  ]),
);

/**
 * In a filter, `*` and `?` stand for other characters unless a backslash precedes them.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
 */
function tagFilters(tags: Readonly<Record<string, string>>): Filter[] {
  return Object.entries(tags).map(([key, value]) => ({
    Name: `tag:${key}`,
    Values: [value.replace(/[\\*?]/g, "\\$&")],
  }));
}
