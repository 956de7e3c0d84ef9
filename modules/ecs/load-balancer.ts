import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import { addBalancer, addEgress, addListeners, type BalancerProps } from "./balancer-frame";
import { addListenerRules, type ListenerRules, type TestHeader } from "./listener-rules";
import type { ServiceTarget } from "./service-target";
import { addTargetGroup, type TargetGroupProps } from "./target-group";

export interface LoadBalancerProps extends TargetGroupProps, BalancerProps {
  readonly certificateArn: string;
  /** Whether ECS shifts traffic between two target groups. @default false */
  readonly shiftsTraffic?: boolean;
  /** Requires `shiftsTraffic`. @default - no rule for tests */
  readonly testHeader?: TestHeader | undefined;
}

/** An Application Load Balancer for one service: HTTPS only; HTTP is redirected. */
export class LoadBalancer extends Construct implements ServiceTarget {
  readonly lb: Lb;
  readonly targetGroup: LbTargetGroup;
  readonly alternate: LbTargetGroup | undefined;
  readonly rules: ListenerRules | undefined;
  /** A service can use the target group only once a listener forwards to it. */
  readonly listener: LbListener;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, certificateArn, shiftsTraffic = false, testHeader } = props;
    const { lb, securityGroupId } = addBalancer(this, props);
    this.lb = lb;
    this.securityGroupId = securityGroupId;
    this.targetGroup = addTargetGroup(this, "target_group", props);
    this.listener = addListeners(this, lb, {
      certificateArn,
      defaultAction: { type: "forward", targetGroupArn: this.targetGroup.arn },
    });
    if (!shiftsTraffic) return;
    this.alternate = addTargetGroup(this, "alternate", { ...props, name: `${name}-alternate` });
    // ECS needs a rule besides the default action. It matches every request, so the default action has none left.
    this.rules = addListenerRules(this, {
      listenerArn: this.listener.arn,
      priority: 2,
      conditions: [{ pathPattern: { values: ["/*"] } }],
      targetGroup: this.targetGroup,
      alternate: this.alternate,
      testHeader,
    });
  }

  get dnsName(): string {
    return this.lb.dnsName;
  }

  get arnSuffix(): string {
    return this.lb.arnSuffix;
  }

  get forwarding() {
    const { production, test } = this.rules ?? {};
    return [this.listener, ...(production ? [production] : []), ...(test ? [test] : [])];
  }

  allowEgressTo(groupId: string, port: number): VpcSecurityGroupEgressRule {
    return addEgress(this, this.securityGroupId, { groupId, port });
  }
}
