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
  /** Priority in AWS, 2 to 50000. The rule for tests has the number before. */
  readonly priority: number;
  readonly conditions: readonly LbListenerRuleCondition[];
  readonly targetGroup: LbTargetGroup;
  /** Target group for the new tasks. */
  readonly alternate: LbTargetGroup;
  /** @default - no rule for tests */
  readonly testHeader?: TestHeader | undefined;
}

/** The rules whose target groups ECS changes. */
export interface ListenerRules {
  readonly production: LbListenerRule;
  readonly test?: LbListenerRule;
}

/**
 * Add the rules of a service whose traffic ECS shifts to a listener, in front of what forwards to its first target group alone:
 * that takes over when these rules go, wherever they point by then. ECS changes the weights of the target groups with each deployment, so
 * Terraform ignores them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html
 */
export function addListenerRules(scope: Construct, props: ListenerRulesProps): ListenerRules {
  const { listenerArn, priority, conditions, testHeader } = props;
  const rule = {
    listenerArn,
    action: [forward(props)],
    lifecycle: { ignoreChanges: ["action"] },
  };
  const production = new LbListenerRule(scope, "production", {
    ...rule,
    priority,
    condition: [...conditions],
  });
  if (testHeader === undefined) return { production };
  const header = { httpHeader: { httpHeaderName: testHeader.name, values: [testHeader.value] } };
  const test = new LbListenerRule(scope, "test", {
    ...rule,
    priority: priority - 1,
    condition: [...conditions, header],
  });
  return { production, test };
}

function forward({ targetGroup, alternate }: ListenerRulesProps): LbListenerRuleAction {
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
