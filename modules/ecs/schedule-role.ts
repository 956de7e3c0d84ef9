import type { AccountRegion } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";
import { taskService } from "./task-roles";

/** Service principal of Amazon EventBridge Scheduler. */
export const schedulerService = "scheduler.amazonaws.com";

/** What a schedule starts, and where. */
export interface ScheduledStart {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Family of the task definition. */
  readonly family: string;
  /** ARNs of the execution role and the task role. */
  readonly roleArns: readonly string[];
  /** Name of the queue that gets what could not be started. */
  readonly deadLetterQueueName: string;
}

/**
 * Permissions of the role with which EventBridge Scheduler starts one task: revisions of its family in its cluster, with its
 * roles, which no other service gets.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
export function scheduledStartPermission(account: AccountRegion, start: ScheduledStart): Statement[] {
  const { partition, accountId, region } = account;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return [
    {
      Sid: "RunTask",
      Effect: "Allow",
      Action: ["ecs:RunTask"],
      Resource: arn("ecs", `task-definition/${start.family}:*`),
      Condition: { ArnEquals: { "ecs:cluster": arn("ecs", `cluster/${start.clusterName}`) } },
    },
    {
      Sid: "TagTask",
      Effect: "Allow",
      Action: ["ecs:TagResource"],
      Resource: arn("ecs", `task/${start.clusterName}/*`),
      Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      Sid: "PassTaskRoles",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [...start.roleArns],
      Condition: { StringEquals: { "iam:PassedToService": taskService } },
    },
    {
      Sid: "SendDeadLetters",
      Effect: "Allow",
      Action: ["sqs:SendMessage"],
      Resource: arn("sqs", start.deadLetterQueueName),
    },
  ];
}

/**
 * Condition that EventBridge Scheduler may assume the role only for schedules of one group of the account.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function scheduleTrust(
  { partition, accountId, region }: AccountRegion,
  groupName: string,
): NonNullable<Statement["Condition"]> {
  return {
    ArnEquals: {
      "aws:SourceArn": `arn:${partition}:scheduler:${region}:${accountId}:schedule-group/${groupName}`,
    },
    StringEquals: { "aws:SourceAccount": accountId },
  };
}
