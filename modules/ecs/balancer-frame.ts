import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";
import { loadBalancerName } from "./load-balancer-name";

/** What every load balancer has. */
export interface BalancerProps {
  /** E.g. `myproject-dev-web-app`. A name longer than AWS allows is shortened. */
  readonly name: string;
  readonly vpcId: string;
  /** IPv4 range of the VPC. */
  readonly vpcCidrBlock: string;
  /** Whether it has private addresses only. */
  readonly internal: boolean;
  /** Public ones, or private ones if it is internal. */
  readonly subnetIds: string[];
  /** IPv4 ranges that may connect. @default - the range of the VPC */
  readonly allowedCidrBlocks?: readonly string[] | undefined;
  /** Whether deletion protection is enabled. */
  readonly deletionProtection: boolean;
}

/** TLS 1.3 and 1.2 with forward secrecy and no CBC. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** Add an Application Load Balancer and its security group. */
export function addBalancer(scope: Construct, props: BalancerProps): { lb: Lb; securityGroupId: string } {
  const group = new SecurityGroup(scope, "group", {
    namePrefix: `${props.name}-lb-`,
    description: `Load balancer of ${props.name}`,
    vpcId: props.vpcId,
    lifecycle: { createBeforeDestroy: true },
  });
  const ranges = props.allowedCidrBlocks?.map((range) => [range, range] as const) ?? [
    ["vpc", props.vpcCidrBlock] as const,
  ];
  for (const [id, cidrIpv4] of ranges)
    for (const port of [443, 80])
      new VpcSecurityGroupIngressRule(scope, `in_${port}_${id}`, {
        securityGroupId: group.id,
        description: port === 443 ? "HTTPS" : "HTTP, to be redirected",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4,
      });
  const lb = new Lb(scope, "lb", {
    name: loadBalancerName(props.name),
    loadBalancerType: "application",
    internal: props.internal,
    subnets: props.subnetIds,
    securityGroups: [group.id],
    dropInvalidHeaderFields: true,
    enableDeletionProtection: props.deletionProtection,
  });
  return { lb, securityGroupId: group.id };
}

/** Add the two listeners: HTTP is redirected to HTTPS. */
export function addListeners(
  scope: Construct,
  lb: Lb,
  https: {
    readonly certificateArn: string;
    readonly defaultAction: Record<string, unknown> & { type: string };
  },
): LbListener {
  new LbListener(scope, "http", {
    loadBalancerArn: lb.arn,
    port: 80,
    protocol: "HTTP",
    defaultAction: [
      { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
    ],
  });
  return new LbListener(scope, "https", {
    loadBalancerArn: lb.arn,
    port: 443,
    protocol: "HTTPS",
    sslPolicy: tlsPolicy,
    certificateArn: https.certificateArn,
    defaultAction: [https.defaultAction],
  });
}

/** Allow a load balancer to connect to tasks. Their security group refers to its group, so this rule is created later. */
export function addEgress(
  scope: Construct,
  securityGroupId: string,
  tasks: { readonly groupId: string; readonly port: number },
): VpcSecurityGroupEgressRule {
  return new VpcSecurityGroupEgressRule(scope, `out_${tasks.port}`, {
    securityGroupId,
    description: "To the tasks",
    ipProtocol: "tcp",
    fromPort: tasks.port,
    toPort: tasks.port,
    referencedSecurityGroupId: tasks.groupId,
    // Another port gets another rule, and this one must exist until the service no longer uses it.
    lifecycle: { createBeforeDestroy: true },
  });
}
