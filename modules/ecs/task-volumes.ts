import type { EcsTaskDefinitionVolume } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { filesVolume } from "./container-definition";

/** A directory of a file system that a task mounts. */
export interface FilesVolume {
  /** Name that the mounts of containers refer to. */
  readonly name: string;
  readonly fileSystemId: string;
  readonly accessPointId: string;
}

/** The volumes of a task that outlive it. */
export interface TaskVolumes {
  readonly volumes: readonly FilesVolume[];
  /** Let the tasks in. @param groupId their security group @returns what must exist before a task mounts the volumes */
  admit(groupId: string): readonly ITerraformDependable[];
}

/**
 * A volume of a task definition. Connections are encrypted, and IAM authorizes them with the task role.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
 */
export function efsVolume({ name, fileSystemId, accessPointId }: FilesVolume): EcsTaskDefinitionVolume {
  return {
    name: filesVolume(name),
    efsVolumeConfiguration: {
      fileSystemId,
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId, iam: "ENABLED" },
    },
  };
}
