import type {
  DescribeTaskDefinitionCommandOutput,
  RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import { CommandError } from "../runner/command";

/** Tag of a revision that a pipeline has registered: the revision of Terraform that it is made from. */
export const baseTag = "ecr-platform:base-revision";

/** A task definition with its tags, as `DescribeTaskDefinition` answers. */
export type DescribedRevision = Pick<DescribeTaskDefinitionCommandOutput, "taskDefinition" | "tags">;

/**
 * The revision that Terraform registered last, if the newest one of a family is another: what a pipeline registered says from
 * which it is made. Terraform's settings are so never lost, and never older than those of the last apply.
 *
 * @returns `undefined` if the newest revision is Terraform's
 */
export function baseRevision({ tags = [] }: DescribedRevision): string | undefined {
  return tags.find(({ key }) => key === baseTag)?.value;
}

/** What AWS adds to a revision. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html */
const answered = [
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "deregisteredAt",
  "registeredBy",
  "deleteRequestedAt",
] as const;

/**
 * The request for a revision that differs from another one in the image of one container.
 *
 * @param base revision of Terraform
 * @param image URI with digest
 * @throws CommandError when the task definition has no such container
 */
export function nextRevision(
  base: DescribedRevision,
  container: string,
  image: string,
): RegisterTaskDefinitionCommandInput {
  const { taskDefinition: described = {}, tags = [] } = base;
  const { family, containerDefinitions = [] } = described;
  if (!containerDefinitions.some(({ name }) => name === container))
    throw new CommandError(
      `The task definition ${described.taskDefinitionArn ?? family ?? ""} has no container ${container}; deploy the compute layer first`,
    );
  const kept = Object.fromEntries(
    Object.entries(described).filter(([key]) => !(answered as readonly string[]).includes(key)),
  );
  return {
    ...kept,
    family,
    containerDefinitions: containerDefinitions.map((definition) =>
      definition.name === container ? { ...definition, image } : definition,
    ),
    tags: [...tags, { key: baseTag, value: described.taskDefinitionArn ?? "" }],
  };
}
