import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import { addEgress } from "./balancer-frame";
import { addListenerRules, type ListenerRules, type TestHeader } from "./listener-rules";
import type { ServiceTarget } from "./service-target";
import type { SharedLoadBalancer } from "./shared-load-balancer";
import { addTargetGroup, type TargetGroupProps } from "./target-group";

export interface SharedTargetProps extends TargetGroupProps {
  /** Name of the service, e.g. `myproject-dev-web-app`. */
  readonly name: string;
  readonly vpcId: string;
  readonly balancer: SharedLoadBalancer;
  /** Host names of the requests, with `*` and `?`. Empty: any host. */
  readonly hosts: readonly string[];
  /** Paths of the requests, with `*` and `?`. Empty: any path. */
  readonly paths: readonly string[];
  /** Which of the matching rules of a load balancer counts: the lowest, 1 to 25000. */
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
  readonly rules: ListenerRules;
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
    if (props.shiftsTraffic)
      this.alternate = addTargetGroup(this, "alternate", { ...props, name: `${name}-alternate` });
    this.rules = addListenerRules(this, {
      listenerArn: balancer.listener.arn,
      priority: props.priority,
      conditions: [
        ...(hosts.length > 0 ? [{ hostHeader: { values: [...hosts] } }] : []),
        ...(paths.length > 0 ? [{ pathPattern: { values: [...paths] } }] : []),
      ],
      targetGroup: this.targetGroup,
      alternate: this.alternate,
      testHeader: props.testHeader,
    });
  }

  get forwarding() {
    const { production, test } = this.rules;
    return [production, ...(test ? [test] : [])];
  }

  allowEgressTo(groupId: string, port: number): VpcSecurityGroupEgressRule {
    return addEgress(this, this.securityGroupId, { groupId, port });
  }
}
