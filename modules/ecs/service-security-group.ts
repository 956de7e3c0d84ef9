import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Where a service runs. */
export interface ServiceNetwork {
  readonly vpcId: string;
  /** IPv4 range of the VPC. */
  readonly vpcCidrBlock: string;
  readonly privateSubnetIds: string[];
}

export interface ServiceSecurityGroupProps {
  /** What the name begins with, e.g. `myproject-dev-web-app`. */
  readonly name: string;
  readonly network: Pick<ServiceNetwork, "vpcId" | "vpcCidrBlock">;
  /** TCP port that is open to the VPC, or to the group of a load balancer. @default - nobody connects */
  readonly ingress?: { readonly port: number; readonly sourceSecurityGroupId?: string };
}

/**
 * The security group of a service's tasks. They reach HTTPS anywhere, for ECR, S3, CloudWatch Logs and Secrets Manager
 * answer there whether or not the VPC has endpoints for them; and everything inside the VPC, where databases have groups
 * of their own. Name resolution and the time server of the VPC need no rule.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export class ServiceSecurityGroup extends Construct {
  readonly groupId: string;
  /** Without these, tasks neither pull their image nor answer. */
  readonly rules: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { name, network, ingress }: ServiceSecurityGroupProps) {
    super(scope, id);
    const group = new SecurityGroup(this, "group", {
      // A group cannot go while tasks have it: its successor comes first, under another name.
      namePrefix: `${name}-`,
      description: `Tasks of ${name}`,
      vpcId: network.vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    this.groupId = group.id;
    const ingressRule =
      ingress &&
      new VpcSecurityGroupIngressRule(this, `in_${ingress.port}`, {
        securityGroupId: this.groupId,
        description: ingress.sourceSecurityGroupId === undefined ? "From the VPC" : "From the load balancer",
        ipProtocol: "tcp",
        fromPort: ingress.port,
        toPort: ingress.port,
        ...(ingress.sourceSecurityGroupId === undefined
          ? { cidrIpv4: network.vpcCidrBlock }
          : { referencedSecurityGroupId: ingress.sourceSecurityGroupId }),
        // For another port there is another rule, and this one stays until the service has left it.
        lifecycle: { createBeforeDestroy: true },
      });
    const https = new VpcSecurityGroupEgressRule(this, "https", {
      securityGroupId: this.groupId,
      description: "HTTPS to AWS services and the internet",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    });
    const vpc = new VpcSecurityGroupEgressRule(this, "vpc", {
      securityGroupId: this.groupId,
      description: "What is in the VPC",
      ipProtocol: "tcp",
      fromPort: 0,
      toPort: 65_535,
      cidrIpv4: network.vpcCidrBlock,
    });
    this.rules = [https, vpc, ...(ingressRule ? [ingressRule] : [])];
  }
}
