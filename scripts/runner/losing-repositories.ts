import type { ECRClient } from "@aws-sdk/client-ecr";
import type { TagNames } from "../../environments/naming";
import type { StackPlan } from "../../environments/plan/stacks";
import {
  changesRepositories,
  createdSettings,
  type ExistingRepository,
  type ExistingSettings,
  registryLosses,
} from "../review/registry-loss";
import { taggedEnvironment } from "../review/tagged-environment";
import type { TerraformPlan } from "../review/terraform-plan";
import { CommandError } from "./command";
import { existingSettings } from "./existing-settings";
import { asTerraform } from "./role-credentials";

/** How many repositories are asked for their tags at a time. */
const batchSize = 10;

/** What a review of registry losses needs to know from ECR. */
interface RegistryFacts {
  readonly repositories: readonly ExistingRepository[];
  readonly existing: ExistingSettings;
}

/**
 * The repositories in ECR that lose something with a plan, also those of environments without a file and of other teams,
 * and the settings that the plan overwrites without showing them. Asks AWS only if the plan changes or creates settings.
 *
 * @throws CommandError when AWS does not answer: what a plan takes away would be unknown
 */
export async function losingRepositories(
  { environment, region }: Pick<StackPlan, "environment" | "region">,
  plan: TerraformPlan,
): Promise<RegistryFacts> {
  if (!changesRepositories(plan) && createdSettings(plan).length === 0)
    return { repositories: [], existing: {} };
  const { accountId } = environment;
  const { ECRClient } = await import("@aws-sdk/client-ecr");
  const client = new ECRClient(await asTerraform(environment, region));
  try {
    const existing = await existingSettings(client, plan);
    if (!changesRepositories(plan, existing)) return { repositories: [], existing };
    const arns = await repositoryArns(client, accountId);
    const repositories = [...arns.keys()].map((name) => ({ name, environment: undefined }));
    const losses = registryLosses(plan, { environment, accountId, repositories, existing });
    const losing = await withEnvironments(
      client,
      [...arns].filter(([name]) => losses.some((loss) => loss.name === name)),
      environment.tagNames,
    );
    return { repositories: losing, existing };
  } catch (error) {
    const { name, message } = error as Error;
    throw new CommandError(
      `The plan changes how the registry of account ${accountId}, ${region} scans or replicates, and its repositories cannot be read: ${name}: ${message}`,
    );
  }
}

/** ARN of every repository of a registry, by name and sorted by it. */
async function repositoryArns(client: ECRClient, registryId: string): Promise<Map<string, string>> {
  const { paginateDescribeRepositories } = await import("@aws-sdk/client-ecr");
  const arns = new Map<string, string>();
  for await (const { repositories = [] } of paginateDescribeRepositories({ client }, { registryId }))
    for (const { repositoryName, repositoryArn } of repositories)
      if (repositoryName !== undefined && repositoryArn !== undefined)
        arns.set(repositoryName, repositoryArn);
  return new Map([...arns].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Repositories with the environment that their tags name. */
async function withEnvironments(
  client: ECRClient,
  arns: readonly (readonly [string, string])[],
  tagNames: TagNames,
): Promise<ExistingRepository[]> {
  const { ListTagsForResourceCommand } = await import("@aws-sdk/client-ecr");
  const found: ExistingRepository[] = [];
  for (let start = 0; start < arns.length; start += batchSize) {
    const batch = arns.slice(start, start + batchSize).map(async ([name, resourceArn]) => {
      const { tags = [] } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
      return { name, environment: taggedEnvironment(tags, tagNames) };
    });
    found.push(...(await Promise.all(batch)));
  }
  return found;
}
