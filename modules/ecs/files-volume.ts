/** A directory of a file system that a task mounts. */
export interface FilesVolume {
  /** Name that the mounts of containers refer to. */
  readonly name: string;
  readonly fileSystemId: string;
  readonly accessPointId: string;
}

/** Name of the volume for a directory of a file system, which no other volume has. */
export const filesVolume = (name: string): string => `files-${name}`;

/**
 * A volume of a task definition. Connections are encrypted, and IAM authorizes them with the task role.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
 */
export function efsVolume({ name, fileSystemId, accessPointId }: FilesVolume) {
  return {
    name: filesVolume(name),
    efsVolumeConfiguration: {
      fileSystemId,
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId, iam: "ENABLED" },
    },
  };
}
