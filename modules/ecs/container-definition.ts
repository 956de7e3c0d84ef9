import {
  type Container,
  type ContainerHealthCheck,
  type ContainerResources,
  healthCheckDefaults,
  type LogRouter,
} from "./container";
import { filesVolume } from "./files-volume";

/**
 * What a container refers to in a secret: all of it, or the value of one key of a JSON object.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function secretValue(secretArn: string, key?: string): string {
  return key === undefined ? secretArn : `${secretArn}:${key}::`;
}

/**
 * Name of the volume for a directory, e.g. `0-var-cache`. The index distinguishes directories such as `/a/b` and
 * `/a-b`. The first container of a task adds no name of its own.
 */
const volumeName = (container: string, path: string, index: number): string =>
  `${container}${index}-${path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;

type Writing = Pick<Container, "name" | "writablePaths">;

const volumesFor = ({ name, writablePaths }: Writing, position: number): string[] =>
  writablePaths.map((path, index) => volumeName(position === 0 ? "" : `${name}-`, path, index));

/**
 * Names of the volumes for the writable directories of a task's containers. Their content is lost when the task stops.
 */
export function volumesOf(containers: readonly Writing[]): string[] {
  return containers.flatMap(volumesFor);
}

/** Entries in the order in which ECS returns them. */
const sorted = <V>(values: Readonly<Record<string, V>>): [string, V][] =>
  Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Names and values as ECS takes them. */
const references = (arns: Readonly<Record<string, string>>) =>
  sorted(arns).map(([name, valueFrom]) => ({ name, valueFrom }));

/**
 * Container definitions of a task, as JSON. Empty lists are left out, because ECS does not return them and Terraform would
 * plan a change every time; variables are sorted as ECS returns them.
 *
 * @param containers the container of the service, then further ones
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinitions(containers: readonly Container[]): string {
  return JSON.stringify(containers.map(definitionOf));
}

function definitionOf(container: Container, position: number) {
  const { port, namedPort, healthCheck, entryPoint, command, user, stopTimeout, ulimits, logRouter } =
    container;
  const { initProcessEnabled, dependsOn = {}, resources = {} } = container;
  const environment = sorted(container.environment).map(([name, value]) => ({ name, value }));
  const secrets = references(container.secretArns);
  const volumes = volumesFor(container, position);
  const mountPoints = [
    ...container.writablePaths.map((containerPath, index) => ({
      sourceVolume: volumes[index],
      containerPath,
      readOnly: false,
    })),
    ...(container.mounts ?? []).map(({ volume, path: containerPath, readOnly }) => ({
      sourceVolume: filesVolume(volume),
      containerPath,
      readOnly,
    })),
  ];
  const dependencies = sorted(dependsOn).map(([containerName, condition]) => ({ containerName, condition }));
  return {
    name: container.name,
    image: container.image,
    essential: container.essential ?? true,
    readonlyRootFilesystem: container.readonlyRootFilesystem,
    ...(entryPoint && { entryPoint }),
    ...(command && { command }),
    ...(user !== undefined && { user }),
    ...sizes(resources),
    // On Fargate the host port equals the container port.
    ...(port !== undefined && {
      portMappings: [{ containerPort: port, hostPort: port, protocol: "tcp", ...named(namedPort) }],
    }),
    ...(environment.length > 0 && { environment }),
    ...(secrets.length > 0 && { secrets }),
    ...(mountPoints.length > 0 && { mountPoints }),
    ...(healthCheck && { healthCheck: healthCheckOf(healthCheck) }),
    ...(dependencies.length > 0 && { dependsOn: dependencies }),
    ...(stopTimeout !== undefined && { stopTimeout }),
    ...(ulimits && ulimits.length > 0 && { ulimits }),
    ...(initProcessEnabled && { linuxParameters: { initProcessEnabled } }),
    ...(logRouter && { firelensConfiguration: firelens(logRouter) }),
    logConfiguration: logConfiguration(container),
  };
}

const named = (port: Container["namedPort"]) =>
  port && { name: port.name, ...(port.protocol !== "tcp" && { appProtocol: port.protocol }) };

const sizes = ({ cpu, memory, memoryReservation }: ContainerResources) => ({
  ...(cpu !== undefined && { cpu }),
  ...(memory !== undefined && { memory }),
  ...(memoryReservation !== undefined && { memoryReservation }),
});

function firelens({ type, configFile, ecsMetadata }: LogRouter) {
  return {
    type,
    options: {
      ...(configFile !== undefined && { "config-file-type": "file", "config-file-value": configFile }),
      "enable-ecs-log-metadata": String(ecsMetadata),
    },
  };
}

function logConfiguration({ routedLogs, logGroup, region, name }: Container) {
  if (routedLogs === undefined)
    return {
      logDriver: "awslogs",
      options: {
        "awslogs-group": logGroup,
        "awslogs-region": region,
        "awslogs-stream-prefix": name,
      },
    };
  const secretOptions = references(routedLogs.secretArns);
  return {
    logDriver: "awsfirelens",
    options: Object.fromEntries(sorted(routedLogs.options)),
    ...(secretOptions.length > 0 && { secretOptions }),
  };
}

/** The members in the order in which definitions have always had them. */
function healthCheckOf({ command, startPeriod, ...times }: ContainerHealthCheck) {
  const {
    interval = healthCheckDefaults.interval,
    timeout = healthCheckDefaults.timeout,
    retries = healthCheckDefaults.retries,
  } = times;
  return { command, interval, timeout, retries, ...(startPeriod !== undefined && { startPeriod }) };
}
