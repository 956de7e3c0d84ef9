import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** The network that a service runs in. */
export interface ServiceNetwork {
  readonly vpcId: string;
  /** IPv4 range of the VPC. */
  readonly vpcCidrBlock: string;
  readonly privateSubnetIds: string[];
}

export interface ServiceSecurityGroupProps {
  /** Prefix of the name, e.g. `myproject-dev-web-app`. */
  readonly name: string;
  readonly network: Pick<ServiceNetwork, "vpcId" | "vpcCidrBlock">;
  /** TCP port that is open to the VPC, or to the security group of a load balancer. @default - no inbound traffic */
  readonly ingress?: { readonly port: number; readonly sourceSecurityGroupId?: string };
}

/**
 * The security group of a service's tasks. They can reach HTTPS anywhere, because ECR, S3, CloudWatch Logs and Secrets
 * Manager use it whether or not the VPC has endpoints for them, and every TCP port inside the VPC, where databases have
 * security groups of their own. DNS and the time service of the VPC need no rule.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export class ServiceSecurityGroup extends Construct {
  readonly groupId: string;
  /** Without these, tasks can neither pull their image nor receive traffic. */
  readonly rules: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { name, network, ingress }: ServiceSecurityGroupProps) {
    super(scope, id);
    const group = new SecurityGroup(this, "group", {
      // A group cannot be deleted while tasks use it, so its replacement is created first, under another name.
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
        // Another port gets another rule, and this one must exist until the service no longer uses it.
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
