import type { Container } from "./container";
import { containerDefinitions, volumesOf } from "./container-definition";
import { efsVolume } from "./files-volume";

/** Maximum size of a task definition in bytes: 64 KiB. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const maxTaskDefinitionBytes = 65_536;

/** Maximum number of containers in a task definition. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const maxContainers = 10;

/**
 * Size in bytes of a task definition as ECS receives it. The names that AWS or other layers complete have about their length.
 *
 * @param containers the container of the service, then further ones
 * @param roleArn ARN of the longer of its two roles
 * @param files names of the volumes of file systems
 */
export function taskDefinitionBytes(
  containers: readonly Container[],
  family: string,
  roleArn: string,
  files: readonly string[] = [],
): number {
  // Terraform turns the escaped `$${` back into `${`.
  const definitions = JSON.parse(containerDefinitions(containers).replace(/([$%])\1\{/g, "$1{"));
  const request = {
    family,
    containerDefinitions: definitions,
    cpu: "16384",
    memory: "122880",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
    taskRoleArn: roleArn,
    executionRoleArn: roleArn,
    ephemeralStorage: { sizeInGiB: 200 },
    volumes: [
      ...volumesOf(containers).map((name) => ({ name })),
      ...files.map((name) => {
        const id = "0".repeat(17);
        const volume = efsVolume({ name, fileSystemId: `fs-${id}`, accessPointId: `fsap-${id}` });
        // The AWS provider adds the root directory.
        return {
          ...volume,
          efsVolumeConfiguration: { ...volume.efsVolumeConfiguration, rootDirectory: "/" },
        };
      }),
    ],
  };
  return new TextEncoder().encode(JSON.stringify(request)).length;
}
