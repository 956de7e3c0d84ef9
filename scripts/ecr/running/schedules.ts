import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { GetScheduleCommand, paginateListSchedules, SchedulerClient } from "@aws-sdk/client-scheduler";
import type { AccountConnection } from "../account-connection";
import type { RunningImage } from "./running-image";

/**
 * The images of the tasks that schedules of EventBridge Scheduler start, also of schedules that are disabled: somebody may start
 * their tasks by hand.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html
 */
export async function runningInSchedules(
  account: AccountConnection,
  region: string,
): Promise<RunningImage[]> {
  const client = account.client(SchedulerClient, region);
  const ecs = account.client(ECSClient, region);
  const running: RunningImage[] = [];
  for await (const { Schedules = [] } of paginateListSchedules({ client }, {}))
    for (const { Name, GroupName, Target: listed } of Schedules) {
      // The list names what a schedule calls: for a task, the cluster.
      if (!/^arn:[^:]+:ecs:/.test(listed?.Arn ?? "")) continue;
      const { Target } = await client.send(new GetScheduleCommand({ Name, GroupName }));
      const taskDefinition = Target?.EcsParameters?.TaskDefinitionArn;
      if (taskDefinition === undefined) continue;
      const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      const user = `Schedule ${GroupName}/${Name} in account ${account.accountId}, ${region}`;
      for (const { image } of described.taskDefinition?.containerDefinitions ?? [])
        if (image !== undefined) running.push({ uri: image, user });
    }
  return running;
}
