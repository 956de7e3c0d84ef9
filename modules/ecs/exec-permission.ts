import type { AccountRegion } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";

/**
 * What ECS Exec needs: the agent in a task opens channels to Session Manager, which has no resources to name.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
 */
export const execChannels: Statement = {
  Sid: "ExecSessions",
  Effect: "Allow",
  Action: [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: "*",
};

/** Permissions of a task role for ECS Exec: the channels, and to log sessions to one log group. */
export function execPermission(
  { partition, accountId, region }: AccountRegion,
  logGroup: string,
): Statement[] {
  const logs = `arn:${partition}:logs:${region}:${accountId}:log-group`;
  return [
    execChannels,
    { Sid: "FindSessionLog", Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: `${logs}:*` },
    {
      Sid: "LogSessions",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `${logs}:${logGroup}:*`,
    },
  ];
}
