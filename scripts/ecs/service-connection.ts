import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  type CapacityProviderStrategyItem,
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type Service,
  type Task,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { namePrefix } from "../../environments/naming";
import { ecsLogGroup, ecsServiceName } from "../../environments/plan/ecs";
import { capacityStrategy, fargateSpot, onDemand } from "../../modules/ecs/fargate-capacity";
import { type AccountConnection, reasonOf } from "../ecr/account-connection";
import { CommandError } from "../runner/command";
import type { DescribedRevision } from "./next-revision";
import type { DeploymentDetails } from "./service-deployment";
import { logStream } from "./stopped-task";

/** What starts a task as a service or a schedule would. */
export type TaskStart = Pick<
  Service,
  "taskDefinition" | "networkConfiguration" | "capacityProviderStrategy" | "platformVersion"
>;

/**
 * The strategy of a one-off task, e.g. a migration: AWS can stop a task on Fargate Spot before it has finished.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export function withoutSpot(
  strategy: Service["capacityProviderStrategy"] = [],
): CapacityProviderStrategyItem[] {
  const usesSpot = strategy.some(({ capacityProvider }) => capacityProvider === fargateSpot);
  return usesSpot ? capacityStrategy(onDemand) : strategy;
}

/** An ECS service or a scheduled task of an environment in AWS. */
export class ServiceConnection {
  private readonly cluster: string;
  private readonly ecs: ECSClient;
  /** Name of the service and the family of its task definitions. */
  readonly name: string;

  constructor(
    private readonly account: AccountConnection,
    /** Name in the environment file. */
    private readonly service: string,
  ) {
    this.cluster = namePrefix(account.environment);
    this.name = ecsServiceName(account.environment, service);
    this.ecs = account.client(ECSClient);
  }

  /** @throws CommandError when there is no such service */
  async describe(): Promise<Service> {
    const { services = [] } = await this.account.ask(`The service ${this.name}`, () =>
      this.ecs.send(new DescribeServicesCommand({ cluster: this.cluster, services: [this.name] })),
    );
    const service = services.find(({ status }) => status === "ACTIVE");
    if (service === undefined)
      throw new CommandError(
        `The cluster ${this.cluster} has no service ${this.name}; deploy it first: npm run deploy -- ${this.account.environment.name} --layer compute`,
      );
    return service;
  }

  /**
   * What ECS says of a deployment of the service.
   *
   * @param id ID of the deployment in the service, e.g. `ecs-svc/0123456789`: the service revision that it is about has the
   *   same number
   * @returns `undefined` while ECS lists no such deployment
   */
  async deployment(id: string): Promise<DeploymentDetails | undefined> {
    return this.account.ask(`The deployments of ${this.name}`, async () => {
      let nextToken: string | undefined;
      do {
        const page = await this.ecs.send(
          new ListServiceDeploymentsCommand({ cluster: this.cluster, service: this.name, nextToken }),
        );
        const own = page.serviceDeployments?.find(({ targetServiceRevisionArn: arn = "" }) =>
          arn.endsWith(`/${id.replace(/^.*\//, "")}`),
        );
        if (own?.serviceDeploymentArn !== undefined) {
          const serviceDeploymentArns = [own.serviceDeploymentArn];
          const answer = await this.ecs.send(
            new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }),
          );
          return answer.serviceDeployments?.[0];
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return undefined;
    });
  }

  /** @param taskDefinition ARN of a revision, or a family, for its newest revision */
  async revision(taskDefinition: string): Promise<DescribedRevision> {
    return this.account.ask(`The task definition ${taskDefinition}`, () =>
      this.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ["TAGS"] })),
    );
  }

  /** @returns ARN of the new revision */
  async register(revision: RegisterTaskDefinitionCommandInput): Promise<string> {
    const { taskDefinition } = await this.ecs.send(new RegisterTaskDefinitionCommand(revision));
    return taskDefinition?.taskDefinitionArn ?? "";
  }

  async start(taskDefinition: string): Promise<void> {
    await this.ecs.send(
      new UpdateServiceCommand({ cluster: this.cluster, service: this.name, taskDefinition }),
    );
  }

  /**
   * Start one task as the service or the schedule would, with another command in its container.
   *
   * @throws CommandError when ECS does not start it
   */
  async runOnce(start: TaskStart, container: string, command: readonly string[]): Promise<Task> {
    const { taskDefinition, networkConfiguration, platformVersion } = start;
    const capacityProviderStrategy = withoutSpot(start.capacityProviderStrategy);
    const { tasks = [], failures = [] } = await this.ecs.send(
      new RunTaskCommand({
        cluster: this.cluster,
        taskDefinition,
        count: 1,
        networkConfiguration,
        ...(capacityProviderStrategy.length > 0 && { capacityProviderStrategy }),
        ...(platformVersion !== undefined && { platformVersion }),
        enableECSManagedTags: true,
        propagateTags: "TASK_DEFINITION",
        startedBy: "ecs-run",
        ...(command.length > 0 && {
          overrides: { containerOverrides: [{ name: container, command: [...command] }] },
        }),
      }),
    );
    const [task] = tasks;
    if (task === undefined)
      throw new CommandError(
        `ECS did not start the task: ${failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(", ")).join("; ")}`,
      );
    return task;
  }

  async task(taskArn: string): Promise<Task> {
    const { tasks = [] } = await this.account.ask(`The task ${taskArn}`, () =>
      this.ecs.send(new DescribeTasksCommand({ cluster: this.cluster, tasks: [taskArn] })),
    );
    return tasks[0] ?? {};
  }

  /** Tasks of a revision that have stopped, the last one first. ECS keeps them for an hour. */
  async stopped(taskDefinition: string): Promise<Task[]> {
    return this.account.ask(`The tasks of ${this.name} that have stopped`, async () => {
      const { taskArns = [] } = await this.ecs.send(
        new ListTasksCommand({ cluster: this.cluster, serviceName: this.name, desiredStatus: "STOPPED" }),
      );
      if (taskArns.length === 0) return [];
      const { tasks = [] } = await this.ecs.send(
        new DescribeTasksCommand({ cluster: this.cluster, tasks: taskArns }),
      );
      return tasks
        .filter((task) => task.taskDefinitionArn === taskDefinition)
        .toSorted((a, b) => Number(b.stoppedAt ?? 0) - Number(a.stoppedAt ?? 0));
    });
  }

  /** The last lines that a container of a task has written, or why they cannot be read. Empty if there are none. */
  async lastLines(container: string, taskId: string, limit: number): Promise<string[]> {
    const request = new GetLogEventsCommand({
      logGroupName: ecsLogGroup(this.account.environment, this.service),
      logStreamName: logStream(container, taskId),
      limit,
      startFromHead: false,
    });
    try {
      const { events = [] } = await this.account.client(CloudWatchLogsClient).send(request);
      return events.map(({ message = "" }) => message);
    } catch (error) {
      const { name } = error as Error;
      if (name === "ResourceNotFoundException") return [];
      return [`(the log cannot be read: ${reasonOf(error as Error, this.account.environment)})`];
    }
  }
}
