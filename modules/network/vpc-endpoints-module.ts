import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { type EndpointPolicyOptions, endpointStatements } from "./endpoint-policies";
import { type EndpointService, endpointServiceName, gatewayService } from "./endpoint-services";

export interface VpcEndpointsModuleProps extends EndpointPolicyOptions {
  /** Prefix of the names in the console, e.g. `myproject-dev`. */
  readonly name: string;
  readonly vpcId: string;
  /** Services to create endpoints for, each once. */
  readonly services: readonly EndpointService[];
  /** Subnets for the interface endpoints, at most one for each zone. */
  readonly subnetIds: readonly string[];
  /** Route tables that get a route to the gateway endpoint of S3. */
  readonly routeTableIds: readonly string[];
  /** IPv4 ranges that may reach the interface endpoints, each by a stable name. */
  readonly clients: Readonly<Record<string, string>>;
}

/**
 * VPC endpoints for AWS services, each with its own policy, so that the VPC reaches them without the internet.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export class VpcEndpointsModule extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: VpcEndpointsModuleProps,
  ) {
    super(scope, id);
    const { services, routeTableIds, subnetIds } = props;
    const interfaces = services.filter((service) => service !== gatewayService);
    if (services.includes(gatewayService))
      this.endpoint(gatewayService, { vpcEndpointType: "Gateway", routeTableIds: [...routeTableIds] });
    if (interfaces.length === 0) return;
    const securityGroupIds = [this.securityGroup().id];
    for (const service of interfaces)
      this.endpoint(service, {
        vpcEndpointType: "Interface",
        subnetIds: [...subnetIds],
        securityGroupIds,
        // Docker resolves the public name of the registry.
        privateDnsEnabled: true,
      });
  }

  private endpoint(service: EndpointService, kind: object): void {
    const { name, vpcId, region } = this.props;
    new VpcEndpoint(this, service, {
      vpcId,
      serviceName: endpointServiceName(service, region),
      policy: policyDocument(endpointStatements(service, this.props)),
      tags: { Name: `${name}-${service}` },
      ...kind,
    });
  }

  private securityGroup(): SecurityGroup {
    const { name, vpcId, clients } = this.props;
    const group = new SecurityGroup(this, "security_group", {
      name: `${name}-endpoints`,
      description: "HTTPS to VPC endpoints",
      vpcId,
      tags: { Name: `${name}-endpoints` },
    });
    for (const [client, cidrIpv4] of Object.entries(clients))
      new VpcSecurityGroupIngressRule(this, `from_${client}`, {
        securityGroupId: group.id,
        description: `HTTPS from ${client}`,
        cidrIpv4,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    return group;
  }
}
