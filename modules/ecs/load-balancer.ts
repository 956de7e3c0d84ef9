import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { loadBalancerName } from "./load-balancer-name";
import { type TargetGroupProps, targetGroupConfig } from "./target-group";

export interface LoadBalancerProps extends TargetGroupProps {
  /** Name of the service, e.g. `myproject-dev-web-app`. A name longer than AWS allows is shortened. */
  readonly name: string;
  readonly vpcId: string;
  readonly publicSubnetIds: string[];
  readonly certificateArn: string;
  /** IPv4 ranges that may connect. */
  readonly allowedCidrBlocks: readonly string[];
  /** Whether deletion protection is enabled. */
  readonly deletionProtection: boolean;
}

/** TLS 1.3 and 1.2 with forward secrecy and no CBC. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/**
 * Port for targets that are registered without one. ECS registers each task with its container port, so this is never
 * used. It is fixed because AWS cannot change it: with the container port here, another port would replace the target
 * group.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const unusedPort = 80;

/** An internet-facing Application Load Balancer for one service: HTTPS only; HTTP is redirected. */
export class LoadBalancer extends Construct {
  readonly lb: Lb;
  readonly targetGroup: LbTargetGroup;
  /** A service can use the target group only once a listener forwards to it. */
  readonly listener: LbListener;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const group = new SecurityGroup(this, "group", {
      namePrefix: `${props.name}-lb-`,
      description: `Load balancer of ${props.name}`,
      vpcId: props.vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    this.securityGroupId = group.id;
    props.allowedCidrBlocks.forEach((cidrIpv4) => {
      for (const port of [443, 80])
        new VpcSecurityGroupIngressRule(this, `in_${port}_${cidrIpv4}`, {
          securityGroupId: group.id,
          description: port === 443 ? "HTTPS" : "HTTP, to be redirected",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          cidrIpv4,
        });
    });
    this.lb = new Lb(this, "lb", {
      name: loadBalancerName(props.name),
      loadBalancerType: "application",
      internal: false,
      subnets: props.publicSubnetIds,
      securityGroups: [group.id],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: props.deletionProtection,
    });
    this.targetGroup = new LbTargetGroup(this, "target_group", {
      // A target group cannot be deleted while a listener uses it, so its replacement is created first, under another
      // name.
      namePrefix: "ecs-",
      lifecycle: { createBeforeDestroy: true },
      vpcId: props.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port: unusedPort,
      ...targetGroupConfig(props),
      tags: { Name: props.name },
    });
    this.listener = this.listeners(props.certificateArn);
  }

  /**
   * Allows the load balancer to connect to the tasks. Their security group refers to this one, so this rule is created
   * later.
   */
  allowEgressTo(groupId: string, port: number): VpcSecurityGroupEgressRule {
    return new VpcSecurityGroupEgressRule(this, `out_${port}`, {
      securityGroupId: this.securityGroupId,
      description: "To the tasks",
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      referencedSecurityGroupId: groupId,
      // Another port gets another rule, and this one must exist until the service no longer uses it.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private listeners(certificateArn: string): LbListener {
    new LbListener(this, "http", {
      loadBalancerArn: this.lb.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [
        { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
      ],
    });
    return new LbListener(this, "https", {
      loadBalancerArn: this.lb.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: tlsPolicy,
      certificateArn,
      defaultAction: [{ type: "forward", targetGroupArn: this.targetGroup.arn }],
    });
  }
}
