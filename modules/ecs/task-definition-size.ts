import { type Container, containerDefinitions, volumesOf } from "./container-definition";

/** Maximum size of a task definition in bytes: 64 KiB. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const maxTaskDefinitionBytes = 65_536;

/**
 * Size in bytes of the task definition of one container as ECS receives it. The names that AWS or other layers complete
 * have about their length.
 *
 * @param roleArn ARN of the longer of its two roles
 */
export function taskDefinitionBytes(container: Container, family: string, roleArn: string): number {
  // Terraform turns the escaped `$${` back into `${`.
  const containers = JSON.parse(containerDefinitions(container).replace(/([$%])\1\{/g, "$1{"));
  const request = {
    family,
    containerDefinitions: containers,
    cpu: "16384",
    memory: "122880",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
    taskRoleArn: roleArn,
    executionRoleArn: roleArn,
    volumes: volumesOf(container).map((name) => ({ name })),
  };
  return new TextEncoder().encode(JSON.stringify(request)).length;
}
