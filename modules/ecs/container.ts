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

/** One container of a task. */
export interface Container {
  readonly name: string;
  /** Repository URL with `:tag` or `@digest`. */
  readonly image: string;
  /** Whether the task stops when the container ends. @default true */
  readonly essential?: boolean;
  /** TCP port that the container listens on. @default - none */
  readonly port?: number;
  /** Name of the port for Service Connect, and what the container speaks there. @default - it is no server */
  readonly namedPort?: { readonly name: string; readonly protocol: AppProtocol } | undefined;
  /** @default - the image's */
  readonly entryPoint?: readonly string[] | undefined;
  /** @default - the image's */
  readonly command?: readonly string[] | undefined;
  /** User and group, e.g. `1000:1000`. @default - the image's */
  readonly user?: string | undefined;
  /** Environment variables by name, in plain text. */
  readonly environment: Readonly<Record<string, string>>;
  /** ARNs of the secrets that environment variables get their values from, by variable name: see {@link secretValue}. */
  readonly secretArns: Readonly<Record<string, string>>;
  /** @default - healthy while the container runs */
  readonly healthCheck?: ContainerHealthCheck;
  readonly readonlyRootFilesystem: boolean;
  /** Directories that the container may write to. */
  readonly writablePaths: readonly string[];
  /** Volumes of the task's file systems. @default - none */
  readonly mounts?: readonly Mount[];
  /** Seconds between the stop signal (`SIGTERM` by default) and `SIGKILL`. @default - ECS's, 30 */
  readonly stopTimeout?: number | undefined;
  /** @default - Fargate's */
  readonly ulimits?: readonly Ulimit[] | undefined;
  /** Whether an init process is process 1. @default false */
  readonly initProcessEnabled?: boolean | undefined;
  /** Conditions that other containers must meet before this one starts, by name. @default - none */
  readonly dependsOn?: Readonly<Record<string, DependencyCondition>>;
  /** CPU units, and MiB of memory, of the task's. @default - shared with the other containers */
  readonly resources?: ContainerResources;
  /** Makes the container the task's log router. @default - it routes no logs */
  readonly logRouter?: LogRouter | undefined;
  /** Sends the output to the log router. @default - to the log group */
  readonly routedLogs?: RoutedLogs;
  /** Log group for the container's output. */
  readonly logGroup: string;
  readonly region: string;
}

/** What the proxy of Service Connect can understand; nothing of `tcp`. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
export type AppProtocol = "tcp" | "http" | "http2" | "grpc";

/** When a container that another one needs is ready. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
export const dependencyConditions = ["START", "COMPLETE", "SUCCESS", "HEALTHY"] as const;

export type DependencyCondition = (typeof dependencyConditions)[number];

/** Where a container has the files of a volume. */
export interface Mount {
  /** Name of a volume of the task. */
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
}

export interface Ulimit {
  readonly name: string;
  readonly softLimit: number;
  readonly hardLimit: number;
}

export interface ContainerResources {
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
  readonly memoryReservation?: number | undefined;
}

/** The programs that route logs. */
export const logRouterTypes = ["fluentbit", "fluentd"] as const;

/** FireLens. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html */
export interface LogRouter {
  readonly type: (typeof logRouterTypes)[number];
  /** Path in the image. @default - no further configuration */
  readonly configFile?: string | undefined;
  readonly ecsMetadata: boolean;
}

/** What the log router does with the output of a container. */
export interface RoutedLogs {
  /** Options of the output plugin. */
  readonly options: Readonly<Record<string, string>>;
  /** ARNs of the secrets that options get their values from. */
  readonly secretArns: Readonly<Record<string, string>>;
}
