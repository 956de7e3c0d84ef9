import type { EcsServiceOptions } from "../../environments/options/ecs";
import type { EcsScheduledTaskOptions } from "../../environments/options/ecs-scheduled-task";
import { ecsLogGroup, secretValues } from "../../environments/plan/ecs";
import type { Environment } from "../../environments/plan/environment";
import type { Container } from "../../modules/ecs/container";
import type { AwaitedContainer } from "../../modules/ecs/fargate-task-definition";
import { imageUri, type Repositories } from "./image-uri";

/** What the containers of a service refer to. */
export interface ContainerContext {
  readonly environment: Environment;
  readonly repositories: Repositories;
  /** ARN of a secret, by its name in the environment file. */
  secretArn(name: string): string;
}

type SharedOptions = Omit<
  EcsServiceOptions["containers"][string],
  "essential" | "cpu" | "memory" | "memoryReservation" | "logRouter"
>;

/** The container of a service or a scheduled task. */
export function serviceContainer(
  name: string,
  options: EcsServiceOptions | EcsScheduledTaskOptions,
  context: ContainerContext,
): AwaitedContainer {
  const port = "port" in options ? options.port : undefined;
  const server = "serviceConnect" in options ? options.serviceConnect?.server : undefined;
  return {
    ...containerOf(name, name, options, context),
    ...(port !== undefined && { port }),
    ...(server && { namedPort: { name, protocol: server.protocol } }),
  };
}

/** The further containers of a service or a scheduled task, in the order of the file. */
export function sidecarsOf(
  service: string,
  { containers }: Pick<EcsServiceOptions, "containers">,
  context: ContainerContext,
): AwaitedContainer[] {
  return Object.entries(containers).map(([name, options]) => {
    const { essential, cpu, memory, memoryReservation, logRouter } = options;
    return {
      ...containerOf(service, name, options, context),
      essential,
      resources: { cpu, memory, memoryReservation },
      logRouter,
    };
  });
}

/** What the container of a service and a further one have in common. All write to the log group of the service. */
function containerOf(
  service: string,
  name: string,
  options: SharedOptions,
  { environment, repositories, secretArn }: ContainerContext,
): AwaitedContainer {
  const image = imageUri(environment, options.image, repositories);
  return {
    name,
    ...(image !== undefined && { image }),
    entryPoint: options.entryPoint,
    command: options.command,
    user: options.user,
    environment: options.environment,
    secretArns: secretValues(options.secrets, secretArn),
    ...healthCheck(options),
    readonlyRootFilesystem: options.readonlyRootFilesystem,
    writablePaths: options.writablePaths,
    mounts: options.mounts,
    stopTimeout: options.stopTimeoutSeconds,
    ulimits: options.ulimits,
    initProcessEnabled: options.initProcessEnabled,
    dependsOn: options.dependsOn,
    ...(options.logs && {
      routedLogs: {
        options: options.logs.options,
        secretArns: secretValues(options.logs.secretOptions, secretArn),
      },
    }),
    logGroup: ecsLogGroup(environment, service),
    region: environment.region,
  };
}

/** The health check of a container; nothing without a command. */
function healthCheck(options: SharedOptions): Pick<Container, "healthCheck"> {
  const { healthCheckCommand: command } = options;
  if (command === undefined) return {};
  return {
    healthCheck: {
      command,
      interval: options.healthCheckIntervalSeconds,
      timeout: options.healthCheckTimeoutSeconds,
      retries: options.healthCheckRetries,
      startPeriod: options.healthCheckStartPeriodSeconds,
    },
  };
}
