import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { Construct } from "constructs";
import type { Container } from "./container";
import { containerDefinitions, volumesOf } from "./container-definition";
import { fargate } from "./fargate-capacity";
import { efsVolume } from "./files-volume";
import type { TaskVolumes } from "./task-volumes";

/** A container whose image may not have been pushed yet. */
export type AwaitedContainer = Omit<Container, "image"> & { readonly image?: string };

/** What a task is, besides its containers. */
export interface FargateTaskProps {
  /** Name of the task definition's family, e.g. `myproject-dev-web-app`. */
  readonly name: string;
  /** Storage of a task in GiB, 21 to 200. @default - Fargate's, 20 */
  readonly ephemeralStorageGib?: number | undefined;
  /** Directories of file systems that containers mount. @default - none */
  readonly volumes?: TaskVolumes;
  /** CPU units; 1,024 are one vCPU. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly cpuArchitecture: "X86_64" | "ARM64";
  /** ARN of the task execution role. */
  readonly executionRoleArn: string;
  /** ARN of the task role. */
  readonly taskRoleArn: string;
}

/** The containers of a task, with a log group that exists; `undefined` while the image of one is missing. */
export function startable(awaited: readonly AwaitedContainer[], logGroup: string): Container[] | undefined {
  const containers = awaited.flatMap(({ image, ...rest }) =>
    image === undefined ? [] : [{ ...rest, image, logGroup }],
  );
  return containers.length < awaited.length ? undefined : containers;
}

/**
 * The task definition of a service or a scheduled task, as `task_definition` in its scope.
 *
 * @param props with `pipelineDeploys`, a pipeline registers further revisions
 */
export function fargateTaskDefinition(
  scope: Construct,
  props: FargateTaskProps & { readonly pipelineDeploys?: boolean },
  containers: readonly Container[],
): EcsTaskDefinition {
  const volumes = [
    ...volumesOf(containers).map((name) => ({ name })),
    ...(props.volumes?.volumes ?? []).map(efsVolume),
  ];
  const { ephemeralStorageGib: sizeInGib } = props;
  return new EcsTaskDefinition(scope, "task_definition", {
    family: props.name,
    requiresCompatibilities: [fargate],
    networkMode: "awsvpc",
    cpu: String(props.cpu),
    memory: String(props.memory),
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: props.cpuArchitecture },
    executionRoleArn: props.executionRoleArn,
    taskRoleArn: props.taskRoleArn,
    containerDefinitions: containerDefinitions(containers),
    ...(volumes.length > 0 && { volume: volumes }),
    ...(sizeInGib !== undefined && { ephemeralStorage: { sizeInGib } }),
    // The old revision must exist until the service runs the new one: a rollback needs it.
    lifecycle: { createBeforeDestroy: true },
    // The service may run it still, or a pipeline may start from it.
    ...(props.pipelineDeploys && { skipDestroy: true }),
  });
}
