import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import { addEgress } from "./balancer-frame";
import { addListenerRules, type ListenerRules, type TestHeader } from "./listener-rules";
import type { ServiceTarget } from "./service-target";
import type { SharedLoadBalancer } from "./shared-load-balancer";
import { addTargetGroup, type TargetGroupProps } from "./target-group";

/** The rule of a service, and in front of it the one that ECS changes and the one for tests. */
const rulesPerPriority = 3;

export interface SharedTargetProps extends TargetGroupProps {
  /** Name of the service, e.g. `myproject-dev-web-app`. */
  readonly name: string;
  readonly vpcId: string;
  readonly balancer: SharedLoadBalancer;
  /** Host names of the requests, with `*` and `?`. Empty: any host. */
  readonly hosts: readonly string[];
  /** Paths of the requests, with `*` and `?`. Empty: any path. */
  readonly paths: readonly string[];
  /** Which of the matching rules of a load balancer counts: the lowest, 1 to 16666. AWS gets three times this number. */
  readonly priority: number;
  /** Whether ECS shifts traffic between two target groups. @default false */
  readonly shiftsTraffic?: boolean;
  /** Requires `shiftsTraffic`. @default - no rule for tests */
  readonly testHeader?: TestHeader | undefined;
}

/** The part of a shared load balancer that belongs to one service: its target groups and its rules. */
export class SharedTarget extends Construct implements ServiceTarget {
  readonly targetGroup: LbTargetGroup;
  readonly alternate: LbTargetGroup | undefined;
  /** Forwards to the first target group alone, also while ECS shifts traffic with rules in front of it. */
  readonly rule: LbListenerRule;
  readonly rules: ListenerRules | undefined;
  readonly securityGroupId: string;
  readonly dnsName: string;
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, props: SharedTargetProps) {
    super(scope, id);
    const { name, balancer, hosts, paths } = props;
    this.securityGroupId = balancer.securityGroupId;
    this.dnsName = balancer.lb.dnsName;
    this.arnSuffix = balancer.lb.arnSuffix;
    this.targetGroup = addTargetGroup(this, "target_group", props);
    const listenerArn = balancer.listener.arn;
    const conditions = [
      ...(hosts.length > 0 ? [{ hostHeader: { values: [...hosts] } }] : []),
      ...(paths.length > 0 ? [{ pathPattern: { values: [...paths] } }] : []),
    ];
    const priority = rulesPerPriority * props.priority;
    this.rule = new LbListenerRule(this, "rule", {
      listenerArn,
      priority,
      condition: conditions,
      action: [{ type: "forward", targetGroupArn: this.targetGroup.arn }],
    });
    if (!props.shiftsTraffic) return;
    this.alternate = addTargetGroup(this, "alternate", { ...props, name: `${name}-alternate` });
    this.rules = addListenerRules(this, {
      listenerArn,
      priority: priority - 1,
      conditions,
      targetGroup: this.targetGroup,
      alternate: this.alternate,
      testHeader: props.testHeader,
    });
  }

  get forwarding() {
    const { production, test } = this.rules ?? {};
    return [this.rule, ...(production ? [production] : []), ...(test ? [test] : [])];
  }

  allowEgressTo(groupId: string, port: number): VpcSecurityGroupEgressRule {
    return addEgress(this, this.securityGroupId, { groupId, port });
  }
}
