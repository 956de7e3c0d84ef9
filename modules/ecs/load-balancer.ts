import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { loadBalancerName } from "./load-balancer-name";

export interface LoadBalancerProps {
  /** Name of the service, e.g. `myproject-dev-web-app`. A longer name than AWS takes is shortened. */
  readonly name: string;
  readonly vpcId: string;
  readonly publicSubnetIds: string[];
  readonly certificateArn: string;
  /** Path that a healthy container answers with a status of 200 to 299. */
  readonly healthCheckPath: string;
  /** Ranges of IPv4 addresses that may connect. */
  readonly allowedCidrBlocks: readonly string[];
  /** Whether AWS refuses to delete it. */
  readonly deletionProtection: boolean;
}

/** TLS 1.3 and 1.2 with forward secrecy and no CBC. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/**
 * Where a target group sends what has a target without a port of its own. ECS registers each task with the port of its
 * container, so this is never used; and AWS cannot change it, so the port of the container here would replace the group.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const unusedPort = 80;

/** An Application Load Balancer in front of one service: TLS only, HTTP redirected to HTTPS. */
export class LoadBalancer extends Construct {
  readonly lb: Lb;
  readonly targetGroup: LbTargetGroup;
  /** A service can use the target group only once a listener has it. */
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
      // A listener holds on to its target group: the successor comes first, under another name.
      namePrefix: "ecs-",
      lifecycle: { createBeforeDestroy: true },
      vpcId: props.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port: unusedPort,
      // ECS gives a container 30 seconds to end, so that a longer wait would wait for nothing.
      deregistrationDelay: "30",
      healthCheck: { path: props.healthCheckPath, matcher: "200-299" },
      tags: { Name: props.name },
    });
    this.listener = this.listeners(props.certificateArn);
  }

  /** Lets the load balancer connect to the tasks. Their group refers to this one's, so it is made later. */
  allowEgressTo(groupId: string, port: number): VpcSecurityGroupEgressRule {
    return new VpcSecurityGroupEgressRule(this, `out_${port}`, {
      securityGroupId: this.securityGroupId,
      description: "To the tasks",
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      referencedSecurityGroupId: groupId,
      // For another port there is another rule, and this one stays until the service has left it.
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
