import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListClusters,
  paginateListServices,
  paginateListTasks,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";
import type { AccountConnection } from "../account-connection";
import type { RunningImage } from "./running-image";

/** The most that DescribeServices takes. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const servicesAtOnce = 10;

/** The most that DescribeTasks takes. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const tasksAtOnce = 100;

/**
 * The images of ECS tasks that run, by digest, and of the task definitions from which services would start further tasks.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Container.html `imageDigest` of a task's container
 */
export async function runningInEcs(account: AccountConnection, region: string): Promise<RunningImage[]> {
  const client = account.client(ECSClient, region);
  const place = `in account ${account.accountId}, ${region}`;
  const running: RunningImage[] = [];
  const definitions = new Map<string, Promise<string[]>>();
  const imagesOf = (taskDefinition: string): Promise<string[]> => {
    const known = definitions.get(taskDefinition) ?? imagesIn(client, taskDefinition);
    definitions.set(taskDefinition, known);
    return known;
  };
  for await (const cluster of items(paginateListClusters({ client }, {}), (page) => page.clusterArns)) {
    const services = items(paginateListServices({ client }, { cluster }), (page) => page.serviceArns);
    for await (const batch of batches(services, servicesAtOnce)) {
      const described = await client.send(new DescribeServicesCommand({ cluster, services: batch }));
      for (const service of described.services ?? [])
        for (const taskDefinition of definitionsOf(service))
          for (const uri of await imagesOf(taskDefinition))
            running.push({ uri, user: `ECS service ${nameIn(service.serviceArn)} ${place}` });
    }
    const tasks = items(paginateListTasks({ client }, { cluster }), (page) => page.taskArns);
    for await (const batch of batches(tasks, tasksAtOnce)) {
      const described = await client.send(new DescribeTasksCommand({ cluster, tasks: batch }));
      for (const task of described.tasks ?? []) running.push(...runningIn(task, place));
    }
  }
  return running;
}

/** Task definitions of a service, also those of a deployment in progress and of task sets. */
function definitionsOf({ taskDefinition, deployments = [], taskSets = [] }: Service): string[] {
  const all = [{ taskDefinition }, ...deployments, ...taskSets].map((part) => part.taskDefinition);
  return [...new Set(all.filter((arn) => arn !== undefined))];
}

function runningIn({ containers = [], group = "", taskArn }: Task, place: string): RunningImage[] {
  const user = `ECS task ${nameIn(taskArn)}${group === "" ? "" : ` (${group})`} ${place}`;
  return containers.flatMap(({ image, imageDigest }) =>
    image === undefined ? [] : [{ uri: image, digest: imageDigest, user }],
  );
}

async function imagesIn(client: ECSClient, taskDefinition: string): Promise<string[]> {
  const described = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return (described.taskDefinition?.containerDefinitions ?? []).flatMap(({ image }) => image ?? []);
}

/** The end of an ARN, e.g. `prod/web` of `arn:aws:ecs:us-east-1:123456789012:service/prod/web`. */
const nameIn = (arn = ""): string => arn.split("/").slice(1).join("/");

async function* items<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): AsyncGenerator<Item> {
  for await (const page of pages) yield* itemsOf(page) ?? [];
}

async function* batches<Item>(all: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of all) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
