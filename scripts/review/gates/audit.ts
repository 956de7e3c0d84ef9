import { valueAt } from "../../../modules/values/value-at";
import { indexOf } from "../plan-index";
import type { WeakeningRule } from "../weakening";
import { becomes, lost, removed, weaker } from "../weaker-attribute";
import type { Gate } from "./gate";

/**
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
 */
export const audit: Gate = {
  severity: "risky",
  stops:
    "Connections, events or calls are no longer logged, failed ones are no longer kept, or no one gets an alert any more",
  rules: {
    aws_eks_cluster: [lost(["enabled_cluster_log_types"], "these logs are no longer written")],
    aws_flow_log: [
      destroyed("connections are no longer logged"),
      ...["ACCEPT", "REJECT"].map((only) =>
        weaker(["traffic_type"], ["ALL", only], "fewer connections are logged"),
      ),
    ],
    aws_cloudwatch_event_rule: [
      destroyed("its events reach no log group or topic"),
      becomes(["state"], "DISABLED", "its events reach no log group or topic"),
    ],
    aws_cloudwatch_event_target: [targetLost],
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommandConfiguration.html
    aws_ecs_cluster: [
      becomes(
        ["configuration", 0, "execute_command_configuration", 0, "logging"],
        "NONE",
        "sessions of ECS Exec are no longer logged",
      ),
    ],
    aws_lambda_function: [
      removed(["dead_letter_config", 0, "target_arn"], "events that fail are kept nowhere"),
      weaker(["tracing_config", 0, "mode"], ["Active", "PassThrough"], "its calls are no longer traced"),
    ],
    aws_scheduler_schedule: [
      removed(["target", 0, "dead_letter_config", 0, "arn"], "what cannot be started is kept nowhere"),
    ],
    aws_sns_topic_subscription: [destroyed("its endpoint gets no alerts")],
  },
};

/** A target that goes alone: what goes with its rule is said there. */
function targetLost(...[change, context]: Parameters<WeakeningRule>): ReturnType<WeakeningRule> {
  const goesToo = indexOf(context.plan)
    .destroyed.get("aws_cloudwatch_event_rule")
    ?.has(valueAt(change.change.before, ["rule"]));
  return goesToo ? [] : destroyed("the events of its rule no longer reach it")(change, context);
}

/** A resource that is destroyed and holds nothing itself. */
function destroyed(meaning: string): WeakeningRule {
  return ({ change: { actions } }) =>
    actions.includes("delete") && !actions.includes("create") ? [`is destroyed; ${meaning}`] : [];
}
