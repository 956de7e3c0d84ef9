import type { WeakeningRule } from "../weakening";
import { lost } from "../weaker-attribute";
import type { Gate } from "./gate";

/**
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
 */
export const audit: Gate = {
  severity: "risky",
  stops: "Connections, events or calls are no longer logged, or no one gets an alert any more",
  rules: {
    aws_eks_cluster: [lost(["enabled_cluster_log_types"], "these logs are no longer written")],
    aws_flow_log: [destroyed("connections are no longer logged")],
    aws_cloudwatch_event_rule: [destroyed("its events reach no log group or topic")],
    aws_sns_topic_subscription: [destroyed("its endpoint gets no alerts")],
  },
};

/** A resource that is destroyed and holds nothing itself. */
function destroyed(meaning: string): WeakeningRule {
  return ({ change: { actions } }) =>
    actions.includes("delete") && !actions.includes("create") ? [`is destroyed; ${meaning}`] : [];
}
