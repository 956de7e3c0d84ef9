import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import type { Construct } from "constructs";
import { flowLogGroup, flowLogRoleName, namePrefix, stackName } from "../../environments/naming";
import type { ExistingNetwork, OwnNetwork } from "../../environments/options/network";
import { hasExec } from "../../environments/plan/ecs-exec";
import { endpointsOf } from "../../environments/plan/endpoints";
import type { Environment } from "../../environments/plan/environment";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { otherRepositoryArns } from "../../environments/plan/other-registries";
import { cacheArns } from "../../environments/plan/pull-through-caches";
import { partitionOf } from "../../modules/iam/aws-partition";
import { subnetPlan } from "../../modules/network/subnet-plan";
import { VpcEndpointsModule, type VpcEndpointsModuleProps } from "../../modules/network/vpc-endpoints-module";
import { VpcFlowLogsModule } from "../../modules/network/vpc-flow-logs-module";
import { VpcModule } from "../../modules/network/vpc-module";
import { NameScope } from "../../modules/terraform/name-scope";
import { publish, publishVersion, readLayer } from "../contract";
import { LayerStack } from "../layer-stack";
import { securityContract } from "../security/security.contract";
import { networkContract } from "./network.contract";

/** A new or existing VPC, as the rest of the stack uses it. */
type Network = Pick<VpcEndpointsModuleProps, "vpcId" | "subnetIds" | "routeTableIds" | "clients"> & {
  readonly cidrBlock: string;
  readonly publicSubnetIds: readonly string[];
};

/** The network of one environment: a new or existing VPC, and its endpoints. */
export class NetworkLayer extends LayerStack {
  /** @throws Error when the environment defines no network */
  constructor(scope: Construct, environment: LiteralEnvironment) {
    super(scope, stackName("network", environment), { layer: "network", environment });
    const { accountId, region, eks, network: options, file } = environment;
    if (options === undefined) throw new Error(`${file} defines no network`);
    const network = options.kind === "own" ? this.own(environment, options) : this.existing(options);
    const services = endpointsOf(environment, options);
    if (services.length > 0)
      new VpcEndpointsModule(this, "endpoints", {
        ...network,
        name: namePrefix(environment),
        services,
        partition: partitionOf(region),
        accountId,
        region,
        pullsFromOtherAccounts: eks !== undefined,
        otherRepositoryArns: otherRepositoryArns(environment, ["ecs"], region),
        logsSessions: hasExec(environment),
        cacheArns: cacheArns(environment),
      });
    publishVersion(this, "network");
    publish(this, networkContract, {
      vpc_id: network.vpcId,
      vpc_cidr_block: network.cidrBlock,
      private_subnet_ids: network.subnetIds,
      public_subnet_ids: network.publicSubnetIds,
    });
  }

  private own(environment: Environment, options: OwnNetwork): Network {
    const { accountId, region } = environment;
    const { cidr, availabilityZones, natGateways, flowLogs } = options;
    const security = readLayer(this, "security", environment, securityContract);
    const vpc = new VpcModule(this, "vpc", {
      name: namePrefix(environment),
      cidrBlock: cidr,
      zones: subnetPlan(cidr, availabilityZones),
      natGateways,
    });
    new VpcFlowLogsModule(this, "flow_logs", {
      vpcId: vpc.vpcId,
      logGroupName: flowLogGroup(environment),
      retentionInDays: flowLogs.retentionInDays,
      kmsKeyArn: security.logs_kms_key_arn,
      roleName: flowLogRoleName(environment),
      partition: partitionOf(region),
      accountId,
      region,
    });
    return {
      vpcId: vpc.vpcId,
      cidrBlock: cidr,
      subnetIds: vpc.privateSubnetIds,
      publicSubnetIds: vpc.publicSubnetIds,
      routeTableIds: vpc.privateRouteTableIds,
      clients: { vpc: cidr },
    };
  }

  /** Each lookup includes the VPC ID, so that Terraform fails for a subnet in another VPC. */
  private existing(options: ExistingNetwork): Network {
    const vpc = new DataAwsVpc(this, "vpc", { id: options.vpcId });
    const scope = new NameScope(this, "subnets");
    const subnet = (id: string) => new DataAwsSubnet(scope, id, { id, vpcId: vpc.id });
    const privateSubnets = options.privateSubnetIds.map(subnet);
    return {
      vpcId: vpc.id,
      cidrBlock: vpc.cidrBlock,
      subnetIds: privateSubnets.map(({ id }) => id),
      publicSubnetIds: options.publicSubnetIds.map((id) => subnet(id).id),
      routeTableIds: options.privateRouteTableIds,
      // Not the CIDR block of the VPC, which can have several.
      clients: Object.fromEntries(
        privateSubnets.map(({ cidrBlock }, index) => [options.privateSubnetIds[index] ?? "", cidrBlock]),
      ),
    };
  }
}
