import {
  type Deployment,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from "@aws-sdk/client-ecs";
import { namePrefix } from "../../../environments/naming";
import { ecsServiceName } from "../../../environments/plan/ecs";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";
import { digestIn, type RunningNow } from "./pipeline-image";

/**
 * The image of a container in the deployment that a service runs.
 *
 * @param name of the service in the environment file; `web/proxy` for a further container
 * @returns `undefined` if there is no such service
 * @throws CommandError when AWS does not say
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 */
export async function runningInService(
  account: AccountConnection,
  name: string,
): Promise<RunningNow | undefined> {
  const [service = "", container = service] = name.split("/");
  const fullName = ecsServiceName(account.environment, service);
  const found = await serviceNamed(account, fullName);
  if (found === undefined) return undefined;
  const { deployments = [] } = found;
  const { current, notes } = deploymentsOf(deployments);
  const taskDefinition = current?.taskDefinition ?? found.taskDefinition ?? "";
  const described = await account.ask(`The task definition ${taskDefinition}`, () =>
    account.client(ECSClient).send(new DescribeTaskDefinitionCommand({ taskDefinition })),
  );
  const uri = described.taskDefinition?.containerDefinitions?.find((one) => one.name === container)?.image;
  if (uri === undefined)
    throw new CommandError(`${taskDefinition} of ${fullName} has no container ${container}`);
  return { uri, digest: digestIn(uri), since: current?.createdAt, notes };
}

/** A service that was deleted is listed as inactive for a while. */
async function serviceNamed(account: AccountConnection, service: string) {
  const cluster = namePrefix(account.environment);
  try {
    const { services = [] } = await account
      .client(ECSClient)
      .send(new DescribeServicesCommand({ cluster, services: [service] }));
    return services.find(({ status }) => status === "ACTIVE");
  } catch (error) {
    if ((error as Error).name === "ClusterNotFoundException") return undefined;
    return account.ask(`The service ${service}`, () => Promise.reject(error));
  }
}

/** The deployment that is in charge, and what else goes on. */
export function deploymentsOf(deployments: readonly Deployment[]): {
  readonly current: Deployment | undefined;
  readonly notes: readonly string[];
} {
  const current = deployments.find(({ status }) => status === "PRIMARY");
  const others = deployments.filter(
    (one) => one !== current && (one.runningCount ?? 0) + (one.desiredCount ?? 0) > 0,
  );
  return {
    current,
    notes: [
      ...(current?.rolloutState === "IN_PROGRESS"
        ? [
            `its deployment is in progress: ${current.runningCount ?? 0} of ${current.desiredCount ?? 0} tasks run`,
          ]
        : []),
      ...(current?.rolloutState === "FAILED" ? ["its deployment has failed"] : []),
      ...others.map(
        ({ taskDefinition = "", runningCount = 0 }) =>
          `tasks of ${taskDefinition.split("/").at(-1)} that still run: ${runningCount}`,
      ),
    ],
  };
}
