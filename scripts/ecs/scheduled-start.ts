import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { ecsServiceName } from "../../environments/plan/ecs";
import { scheduleGroupName } from "../../environments/plan/ecs-schedule";
import type { AccountConnection } from "../ecr/account-connection";
import { CommandError } from "../runner/command";
import type { TaskStart } from "./service-connection";

/**
 * What the schedule of a task starts now.
 *
 * @param task name in the environment file
 * @throws CommandError when there is no such schedule, or it starts something else
 */
export async function scheduledStart(account: AccountConnection, task: string): Promise<TaskStart> {
  const { environment } = account;
  const request = { GroupName: scheduleGroupName(environment), Name: ecsServiceName(environment, task) };
  const name = `${request.GroupName}/${request.Name}`;
  const deploy = `deploy it first: npm run deploy -- ${environment.name} --layer compute`;
  const { Target } = await account.ask(`The schedule ${name}`, async () => {
    try {
      return await account.client(SchedulerClient).send(new GetScheduleCommand(request));
    } catch (error) {
      if ((error as Error).name !== "ResourceNotFoundException") throw error;
      throw new CommandError(`There is no schedule ${name}; ${deploy}`);
    }
  });
  const { EcsParameters: start } = Target ?? {};
  if (start === undefined) throw new CommandError(`The schedule ${name} starts no ECS task; ${deploy}`);
  const { Subnets, SecurityGroups, AssignPublicIp } = start.NetworkConfiguration?.awsvpcConfiguration ?? {};
  return {
    taskDefinition: start.TaskDefinitionArn,
    platformVersion: start.PlatformVersion,
    capacityProviderStrategy: start.CapacityProviderStrategy,
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: Subnets,
        securityGroups: SecurityGroups,
        ...(AssignPublicIp !== undefined && { assignPublicIp: AssignPublicIp }),
      },
    },
  };
}
