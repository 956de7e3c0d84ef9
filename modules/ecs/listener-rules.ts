import {
  LbListenerRule,
  type LbListenerRuleAction,
  type LbListenerRuleCondition,
} from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Construct } from "constructs";

/** A header that sends a request to the new tasks before ECS shifts the traffic to them. */
export interface TestHeader {
  readonly name: string;
  readonly value: string;
}

export interface ListenerRulesProps {
  readonly listenerArn: string;
  /** Unique in the load balancer, 1 to 25000. AWS gets twice this number, so that the rule for tests comes right before. */
  readonly priority: number;
  readonly conditions: readonly LbListenerRuleCondition[];
  readonly targetGroup: LbTargetGroup;
  /** Target group for the new tasks, if ECS shifts traffic. @default - it does not */
  readonly alternate?: LbTargetGroup | undefined;
  /** Requires `alternate`. @default - no rule for tests */
  readonly testHeader?: TestHeader | undefined;
}

/** The rules that send requests to a service. */
export interface ListenerRules {
  readonly production: LbListenerRule;
  readonly test?: LbListenerRule;
}

/**
 * Add the rules of a service to a listener. ECS changes the weights of the target groups with each deployment that shifts
 * traffic, so Terraform ignores them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html
 */
export function addListenerRules(scope: Construct, props: ListenerRulesProps): ListenerRules {
  const { listenerArn, priority, conditions, alternate, testHeader } = props;
  const rule = {
    listenerArn,
    action: [forward(props)],
    ...(alternate && { lifecycle: { ignoreChanges: ["action"] } }),
  };
  const production = new LbListenerRule(scope, "production", {
    ...rule,
    priority: 2 * priority,
    condition: [...conditions],
  });
  if (testHeader === undefined) return { production };
  const header = { httpHeader: { httpHeaderName: testHeader.name, values: [testHeader.value] } };
  const test = new LbListenerRule(scope, "test", {
    ...rule,
    priority: 2 * priority - 1,
    condition: [...conditions, header],
  });
  return { production, test };
}

function forward({ targetGroup, alternate }: ListenerRulesProps): LbListenerRuleAction {
  if (alternate === undefined) return { type: "forward", targetGroupArn: targetGroup.arn };
  return {
    type: "forward",
    forward: {
      targetGroup: [
        { arn: targetGroup.arn, weight: 100 },
        { arn: alternate.arn, weight: 0 },
      ],
    },
  };
}
