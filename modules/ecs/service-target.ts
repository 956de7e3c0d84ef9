import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { ITerraformDependable } from "cdktf";
import type { ListenerRules } from "./listener-rules";

/** What a service needs of the load balancer that sends requests to it. */
export interface ServiceTarget {
  readonly targetGroup: LbTargetGroup;
  /** Target group of the new tasks, if ECS shifts traffic. */
  readonly alternate: LbTargetGroup | undefined;
  /** What ECS changes to shift traffic; `undefined` if it shifts none. */
  readonly rules: ListenerRules | undefined;
  /** Security group of the load balancer. */
  readonly securityGroupId: string;
  /** What forwards to the target group: a service can use it only afterward. */
  readonly forwarding: readonly ITerraformDependable[];
  readonly dnsName: string;
  /** Load balancer as metrics name it. */
  readonly arnSuffix: string;
  /** Allow the load balancer to connect to the tasks. */
  allowEgressTo(groupId: string, port: number): VpcSecurityGroupEgressRule;
}
