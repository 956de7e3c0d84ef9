import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
} from "@aws-sdk/client-ecs";
import { clientConfig } from "../../../emulator/client-config";

/** What AWS's API says of the ECS services of one account. */
export class DeployedService {
  private readonly ecs: ECSClient;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(variables: Readonly<Record<string, string>>) {
    this.ecs = new ECSClient(clientConfig(variables));
  }

  /** Names of the clusters that take tasks. */
  async clusters(): Promise<string[]> {
    const { clusterArns = [] } = await this.ecs.send(new ListClustersCommand({}));
    const { clusters = [] } = await this.ecs.send(new DescribeClustersCommand({ clusters: clusterArns }));
    return clusters
      .filter(({ status }) => status === "ACTIVE")
      .map(({ clusterName = "" }) => clusterName)
      .toSorted();
  }

  /** Services of a cluster, each with the task definition that it runs, by name. */
  async services(cluster: string) {
    const { serviceArns = [] } = await this.ecs.send(new ListServicesCommand({ cluster }));
    if (serviceArns.length === 0) return {};
    const { services = [] } = await this.ecs.send(
      new DescribeServicesCommand({ cluster, services: serviceArns }),
    );
    const described = services.map(async ({ serviceName = "", taskDefinition = "", ...service }) => {
      const task = await this.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      return [serviceName, { ...service, task: task.taskDefinition }] as const;
    });
    return Object.fromEntries(await Promise.all(described));
  }

  /** The image that each service of a cluster runs, by the service's name. */
  async images(cluster: string): Promise<Record<string, string | undefined>> {
    const services = Object.entries(await this.services(cluster));
    return Object.fromEntries(
      services.map(([name, { task }]) => [name, task?.containerDefinitions?.[0]?.image]),
    );
  }
}
