/**
 * How often ECS checks a container whose definition does not say. Times in seconds.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export const healthCheckDefaults = { interval: 30, timeout: 5, retries: 3 } as const;

/** The health check of a container. Times in seconds. */
export interface ContainerHealthCheck {
  /** `CMD` or `CMD-SHELL`, then the command. */
  readonly command: readonly string[];
  /** @default 30 */
  readonly interval?: number | undefined;
  /** @default 5 */
  readonly timeout?: number | undefined;
  /** Failures in a row after which the container is unhealthy. @default 3 */
  readonly retries?: number | undefined;
  /** Time in which failures do not count. @default - none */
  readonly startPeriod?: number | undefined;
}

/** The container of a service. */
export interface Container {
  readonly name: string;
  /** Repository URL with `:tag` or `@digest`. */
  readonly image: string;
  /** TCP port that the container listens on. @default - none */
  readonly port?: number;
  /** Environment variables by name, in plain text. */
  readonly environment: Readonly<Record<string, string>>;
  /** ARNs of the secrets that environment variables get their values from, by variable name. */
  readonly secretArns: Readonly<Record<string, string>>;
  /** @default - healthy while the container runs */
  readonly healthCheck?: ContainerHealthCheck;
  readonly readonlyRootFilesystem: boolean;
  /** Directories that the container may write to. */
  readonly writablePaths: readonly string[];
  /** Log group for the container's output. */
  readonly logGroup: string;
  readonly region: string;
}

/**
 * Name of the volume for a directory, e.g. `0-var-cache`. The index distinguishes directories such as `/a/b` and
 * `/a-b`.
 */
const volumeName = (path: string, index: number): string =>
  `${index}-${path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;

/**
 * Names of the volumes for the writable directories of a task's container. Their content is lost when the task stops.
 */
export function volumesOf({ writablePaths }: Pick<Container, "writablePaths">): string[] {
  return writablePaths.map(volumeName);
}

/**
 * Container definitions of a task with one container, as JSON. Empty lists are left out, because ECS does not return
 * them and Terraform would plan a change every time; variables are sorted as ECS returns them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinitions(container: Container): string {
  const { port, healthCheck, logGroup, region, name } = container;
  const sorted = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const environment = sorted(container.environment).map(([variable, value]) => ({
    name: variable,
    value,
  }));
  const secrets = sorted(container.secretArns).map(([variable, valueFrom]) => ({
    name: variable,
    valueFrom,
  }));
  const mountPoints = container.writablePaths.map((containerPath, index) => ({
    sourceVolume: volumeName(containerPath, index),
    containerPath,
    readOnly: false,
  }));
  return JSON.stringify([
    {
      name,
      image: container.image,
      essential: true,
      readonlyRootFilesystem: container.readonlyRootFilesystem,
      // On Fargate the host port equals the container port.
      ...(port !== undefined && {
        portMappings: [{ containerPort: port, hostPort: port, protocol: "tcp" }],
      }),
      ...(environment.length > 0 && { environment }),
      ...(secrets.length > 0 && { secrets }),
      ...(mountPoints.length > 0 && { mountPoints }),
      ...(healthCheck && { healthCheck: healthCheckOf(healthCheck) }),
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logGroup,
          "awslogs-region": region,
          "awslogs-stream-prefix": name,
        },
      },
    },
  ]);
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
