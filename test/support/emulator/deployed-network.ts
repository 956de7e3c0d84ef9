import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { clientConfig } from "../../../emulator/client-config";

/** What EC2's API says of the VPC with a name, whatever Terraform believes. */
export class DeployedNetwork {
  private readonly ec2: EC2Client;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(
    private readonly name: string,
    variables: Readonly<Record<string, string>>,
  ) {
    this.ec2 = new EC2Client(clientConfig(variables));
  }

  /** The VPC with its DNS settings; `undefined` where there is none of the name. */
  async vpc() {
    const { Vpcs: [vpc] = [] } = await this.ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: "tag:Name", Values: [this.name] }] }),
    );
    if (vpc?.VpcId === undefined) return undefined;
    const { VpcId } = vpc;
    const attribute = (Attribute: "enableDnsSupport" | "enableDnsHostnames") =>
      this.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }));
    const { EnableDnsSupport } = await attribute("enableDnsSupport");
    const { EnableDnsHostnames } = await attribute("enableDnsHostnames");
    return {
      id: VpcId,
      cidrBlock: vpc.CidrBlock,
      dns: [EnableDnsSupport?.Value, EnableDnsHostnames?.Value],
    };
  }

  private async filter() {
    return [{ Name: "vpc-id", Values: [(await this.vpc())?.id ?? ""] }];
  }

  /** Undo the association of a subnet with its route table. @param subnet its name */
  async disassociate(subnet: string): Promise<void> {
    const { id, routeTable } = (await this.subnets())[subnet] ?? {};
    const { RouteTables: [table] = [] } = await this.ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [routeTable ?? ""] }),
    );
    const association = table?.Associations?.find(({ SubnetId }) => SubnetId === id);
    const { RouteTableAssociationId: AssociationId } = association ?? {};
    await this.ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
  }

  /** Subnets by name, each with where its traffic to the internet goes: `igw`, `nat` or nowhere. */
  async subnets() {
    const Filters = await this.filter();
    const { Subnets = [] } = await this.ec2.send(new DescribeSubnetsCommand({ Filters }));
    const { RouteTables = [] } = await this.ec2.send(new DescribeRouteTablesCommand({ Filters }));
    return Object.fromEntries(
      Subnets.map((subnet) => {
        const table = RouteTables.find(({ Associations }) =>
          Associations?.some(({ SubnetId }) => SubnetId === subnet.SubnetId),
        );
        const internet = table?.Routes?.find(
          ({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0",
        );
        return [
          subnet.Tags?.find(({ Key }) => Key === "Name")?.Value ?? "",
          {
            id: subnet.SubnetId ?? "",
            zone: subnet.AvailabilityZone,
            cidrBlock: subnet.CidrBlock,
            publicAddresses: subnet.MapPublicIpOnLaunch,
            routeTable: table?.RouteTableId ?? "",
            internet: (internet?.NatGatewayId ?? internet?.GatewayId ?? "").split("-")[0],
          },
        ];
      }),
    );
  }

  /** Ids of the subnets that have a NAT gateway. */
  async natGateways() {
    const { NatGateways = [] } = await this.ec2.send(
      new DescribeNatGatewaysCommand({
        Filter: [...(await this.filter()), { Name: "state", Values: ["available"] }],
      }),
    );
    return NatGateways.map(({ SubnetId }) => SubnetId);
  }

  /** Endpoints by the last part of their service name. */
  async endpoints() {
    const { VpcEndpoints = [] } = await this.ec2.send(
      new DescribeVpcEndpointsCommand({ Filters: await this.filter() }),
    );
    const live = VpcEndpoints.filter(({ State }) => State?.toLowerCase() === "available");
    return Object.fromEntries(
      live.map((endpoint) => [
        endpoint.ServiceName?.replace("com.amazonaws.us-east-1.", "") ?? "",
        {
          type: endpoint.VpcEndpointType,
          subnets: endpoint.SubnetIds?.toSorted() ?? [],
          routeTables: endpoint.RouteTableIds?.toSorted() ?? [],
          privateDns: endpoint.PrivateDnsEnabled,
          policy: JSON.parse(endpoint.PolicyDocument ?? "{}"),
        },
      ]),
    );
  }

  /** Rules of each security group of the VPC, by the group's name. */
  async securityGroups() {
    const { SecurityGroups = [] } = await this.ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: await this.filter() }),
    );
    return Object.fromEntries(
      SecurityGroups.map(({ GroupName = "", GroupId = "", IpPermissions = [], IpPermissionsEgress = [] }) => [
        GroupName,
        {
          id: GroupId,
          ingress: IpPermissions.map(({ FromPort, ToPort, IpRanges }) => ({
            ports: [FromPort, ToPort],
            from: IpRanges?.map(({ CidrIp }) => CidrIp),
          })),
          egress: IpPermissionsEgress.length,
        },
      ]),
    );
  }

  /** Put a rule into the default security group by hand, do something, and take the rule out. */
  async whileDefaultGroupIsOpen<T>(during: () => Promise<T>): Promise<T> {
    const { default: group } = await this.securityGroups();
    const rule = {
      GroupId: group?.id ?? "",
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    };
    await this.ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    try {
      return await during();
    } finally {
      await this.ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    }
  }

  /** Flow logs of the VPC. */
  async flowLogs() {
    const id = (await this.vpc())?.id;
    const { FlowLogs = [] } = await this.ec2.send(new DescribeFlowLogsCommand({}));
    return FlowLogs.filter(({ ResourceId }) => ResourceId === id).map(
      ({ TrafficType, LogDestination, DeliverLogsPermissionArn }) => ({
        TrafficType,
        LogDestination,
        DeliverLogsPermissionArn,
      }),
    );
  }
}
