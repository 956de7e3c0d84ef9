import type { AttributePath } from "../terraform-plan";
import type { WeakeningRule, WeakeningRules } from "../weakening";
import { another, becomes, raised, turnedOn, weaker } from "../weaker-attribute";
import { containerRights } from "./container-rights";

/**
 * Whether people can run commands in containers.
 *
 * @param to the block that describes the tasks
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
const exec = (to: AttributePath): WeakeningRule =>
  turnedOn(
    [...to, "enable_execute_command"],
    "anyone who may call ecs:ExecuteCommand can run commands in its containers",
  );

/** What tasks, functions and nodes may do that they could not do before. The policies of their roles are judged for themselves. */
export const workloadRights: WeakeningRules = {
  aws_ecs_service: [exec([])],
  aws_scheduler_schedule: [
    exec(["target", 0, "ecs_parameters", 0]),
    another(["target", 0, "role_arn"], "EventBridge Scheduler uses another role"),
  ],
  aws_cloudwatch_event_target: [
    exec(["ecs_target", 0]),
    another(["role_arn"], "EventBridge uses another role"),
  ],
  aws_ecs_task_definition: [
    containerRights,
    another(["task_role_arn"], "the containers get another role"),
    ...["network_mode", "pid_mode", "ipc_mode"].map((argument) =>
      becomes([argument], "host", "the containers share it with their host"),
    ),
  ],
  aws_lambda_function: [another(["role"], "the function gets another role")],
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
  aws_launch_template: [
    weaker(
      ["metadata_options", 0, "http_tokens"],
      ["required", "optional"],
      "a single request reads the credentials of a node",
    ),
    raised(
      ["metadata_options", 0, "http_put_response_hop_limit"],
      "pods can read the credentials of their node",
      1,
    ),
  ],
};
