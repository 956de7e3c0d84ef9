import { literalText } from "../terraform/literal-text";

/** The container of a service. */
export interface Container {
  readonly name: string;
  /** Repository URL with `:tag` or `@digest`. */
  readonly image: string;
  /** TCP port that it listens on. @default - none */
  readonly port?: number;
  /** Variables by name, in plain text. */
  readonly environment: Readonly<Record<string, string>>;
  /** ARNs of the secrets whose values variables get, by variable. */
  readonly secretArns: Readonly<Record<string, string>>;
  /** `CMD` or `CMD-SHELL` and the command. @default - healthy while it runs */
  readonly healthCheckCommand?: readonly string[];
  readonly readonlyRootFilesystem: boolean;
  /** Folders that it may write to. */
  readonly writablePaths: readonly string[];
  /** Log group that its output goes to. */
  readonly logGroup: string;
  readonly region: string;
}

/** Name of the volume behind a folder, e.g. `var-cache`. Two folders such as `/a/b` and `/a-b` differ by their place. */
const volumeName = (path: string, index: number): string =>
  `${index}-${path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;

/** Names of the volumes that a task needs for the folders of its container. Their content is gone with the task. */
export function volumesOf({ writablePaths }: Pick<Container, "writablePaths">): string[] {
  return writablePaths.map(volumeName);
}

/**
 * JSON of a task definition's one container. Empty lists are left out, for ECS returns none and Terraform would see a
 * change each time; variables are sorted, as ECS returns them. Variables and commands are taken as they are: see
 * `literalText`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinitions(container: Container): string {
  const { port, healthCheckCommand, logGroup, region, name } = container;
  const sorted = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const environment = sorted(container.environment).map(([variable, value]) => ({
    name: variable,
    value: literalText(value),
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
      // On Fargate the port of the host is that of the container.
      ...(port !== undefined && {
        portMappings: [{ containerPort: port, hostPort: port, protocol: "tcp" }],
      }),
      ...(environment.length > 0 && { environment }),
      ...(secrets.length > 0 && { secrets }),
      ...(mountPoints.length > 0 && { mountPoints }),
      ...(healthCheckCommand && {
        healthCheck: { command: healthCheckCommand.map(literalText), interval: 30, timeout: 5, retries: 3 },
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
