import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { NatGateways } from "./nat-gateways";
import type { ZoneSubnets } from "./subnet-plan";
import { balancerTags } from "./subnet-tags";

export interface VpcModuleProps {
  /** Prefix of the names in the console, e.g. `myproject-dev`. */
  readonly name: string;
  /** IPv4 range of the VPC, e.g. `10.0.0.0/16`. Changing it replaces the VPC and everything in it. */
  readonly cidrBlock: string;
  /** A private and a public subnet for each zone. */
  readonly zones: readonly ZoneSubnets[];
  readonly natGateways: NatGateways;
}

interface SubnetProps {
  readonly zone: string;
  readonly cidrBlock: string;
  readonly kind: "private" | "public";
  readonly routeTable: RouteTable;
}

const internet = "0.0.0.0/0";

/**
 * A VPC with private and public subnets. Nothing in it gets a public IP address automatically, and its default security
 * group allows no traffic.
 */
export class VpcModule extends Construct {
  readonly vpcId: string;
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
  readonly privateRouteTableIds: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VpcModuleProps,
  ) {
    super(scope, id);
    const { name, cidrBlock, zones } = props;
    // The private DNS names of endpoints need both.
    const vpc = new Vpc(this, "vpc", {
      cidrBlock,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    this.vpcId = vpc.id;
    // Empty lists, not left out: otherwise Terraform would not detect a rule that somebody adds.
    new DefaultSecurityGroup(this, "default_security_group", {
      vpcId: this.vpcId,
      ingress: [],
      egress: [],
      tags: { Name: `${name}-default-unused` },
    });
    const gateway = new InternetGateway(this, "internet_gateway", {
      vpcId: this.vpcId,
      tags: { Name: name },
    });
    const publicSubnets = this.publicSubnets(gateway);
    const natGateways = this.natGateways(publicSubnets, gateway);
    const privateSubnets = this.privateSubnets(zones.map((_, index) => natGateways[index] ?? natGateways[0]));
    this.publicSubnetIds = publicSubnets.map((subnet) => subnet.id);
    this.privateSubnetIds = privateSubnets.map(({ subnet }) => subnet.id);
    this.privateRouteTableIds = privateSubnets.map(({ routeTable }) => routeTable.id);
  }

  private publicSubnets(gateway: InternetGateway): Subnet[] {
    const scope = new Construct(this, "public");
    const routeTable = this.routeTable(scope, "route_table", "public");
    new Route(scope, "internet", {
      routeTableId: routeTable.id,
      destinationCidrBlock: internet,
      gatewayId: gateway.id,
    });
    return this.props.zones.map(({ zone, publicCidrBlock }) =>
      this.subnet(scope, { zone, cidrBlock: publicCidrBlock, kind: "public", routeTable }),
    );
  }

  /** The NAT gateways, in the order of the zones. */
  private natGateways(publicSubnets: readonly Subnet[], gateway: InternetGateway): NatGateway[] {
    const { natGateways, zones, name } = this.props;
    const count = { "one-per-zone": zones.length, single: 1, none: 0 }[natGateways];
    const scope = new Construct(this, "nat");
    return zones.slice(0, count).map(({ zone }, index) => {
      const tags = { Name: `${name}-nat-${zone}` };
      const address = new Eip(scope, `${zone}_address`, { domain: "vpc", tags });
      return new NatGateway(scope, zone, {
        allocationId: address.id,
        subnetId: publicSubnets[index]?.id ?? "",
        tags,
        // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/nat_gateway
        dependsOn: [gateway],
      });
    });
  }

  /** Each zone has its own route table, so that another choice of NAT gateways changes routes and no route tables. */
  private privateSubnets(natGateways: readonly (NatGateway | undefined)[]) {
    const scope = new Construct(this, "private");
    return this.props.zones.map(({ zone, privateCidrBlock }, index) => {
      const routeTable = this.routeTable(scope, `${zone}_route_table`, `private-${zone}`);
      const natGateway = natGateways[index];
      if (natGateway)
        new Route(scope, `${zone}_internet`, {
          routeTableId: routeTable.id,
          destinationCidrBlock: internet,
          natGatewayId: natGateway.id,
        });
      const subnet = this.subnet(scope, { zone, cidrBlock: privateCidrBlock, kind: "private", routeTable });
      return { subnet, routeTable };
    });
  }

  private routeTable(scope: Construct, id: string, suffix: string): RouteTable {
    return new RouteTable(scope, id, { vpcId: this.vpcId, tags: { Name: `${this.props.name}-${suffix}` } });
  }

  private subnet(scope: Construct, { zone, cidrBlock, kind, routeTable }: SubnetProps): Subnet {
    const subnet = new Subnet(scope, zone, {
      vpcId: this.vpcId,
      availabilityZone: zone,
      cidrBlock,
      mapPublicIpOnLaunch: false,
      tags: { Name: `${this.props.name}-${kind}-${zone}`, ...balancerTags[kind] },
    });
    new RouteTableAssociation(scope, `${zone}_routes`, { subnetId: subnet.id, routeTableId: routeTable.id });
    return subnet;
  }
}
