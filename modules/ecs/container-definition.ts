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
  /** `CMD` or `CMD-SHELL`, then the command. @default - healthy while the container runs */
  readonly healthCheckCommand?: readonly string[];
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
  const { port, healthCheckCommand, logGroup, region, name } = container;
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
      ...(healthCheckCommand && {
        healthCheck: { command: healthCheckCommand, interval: 30, timeout: 5, retries: 3 },
      }),
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
