import type { ECRClient } from "@aws-sdk/client-ecr";
import type { TerraformPlan } from "../review/terraform-plan";
import {
  type FoundSettings,
  handMadeSettings,
  type UndeclaredSettings,
  withoutPlanned,
} from "../review/undeclared-settings";
import type { Output } from "./output";
import { asTerraform } from "./role-credentials";
import type { Stack } from "./stack";

/** How many repositories are asked at a time. */
const batchSize = 10;

/**
 * Look in AWS for settings that somebody made by hand and Terraform cannot see, because the stack has no such resource;
 * print a warning for each.
 *
 * @param plan the plan of the stack; `undefined` if it has no changes
 * @returns whether there are any. If AWS does not answer, a line says so
 */
export async function warnOfHandMade(
  stack: Stack,
  plan: TerraformPlan | undefined,
  output: Output,
): Promise<boolean> {
  const { environment, undeclared, region: stackRegion } = stack;
  const settings = plan === undefined ? undeclared : withoutPlanned(undeclared, plan);
  const { repositories, replication, registryPolicy } = settings;
  if (repositories.length === 0 && !replication && !registryPolicy) return false;
  try {
    const { ECRClient } = await import("@aws-sdk/client-ecr");
    const regions = new Set([stackRegion, ...repositories.map(({ region = stackRegion }) => region)]);
    const lines: string[] = [];
    for (const region of regions) {
      const found = await find(
        new ECRClient(await asTerraform(environment, region)),
        {
          repositories: repositories.filter((one) => (one.region ?? stackRegion) === region),
          replication: replication && region === stackRegion,
          registryPolicy: registryPolicy && region === stackRegion,
        },
        environment.accountId,
      );
      lines.push(...handMadeSettings(found, { ...environment, region }));
    }
    for (const line of lines) output.write("stdout", `WARNING: ${line}.\n`);
    return lines.length > 0;
  } catch (error) {
    const { name, message } = error as Error;
    output.write("stderr", `Settings made outside Terraform could not be checked: ${name}: ${message}\n`);
    return false;
  }
}

async function find(
  client: ECRClient,
  { repositories, replication, registryPolicy }: UndeclaredSettings,
  registryId: string,
): Promise<FoundSettings> {
  const { DescribeRegistryCommand, GetRegistryPolicyCommand, GetRepositoryPolicyCommand } = await import(
    "@aws-sdk/client-ecr"
  );
  const repositoryPolicies = new Map<string, string>();
  for (let start = 0; start < repositories.length; start += batchSize)
    await Promise.all(
      repositories.slice(start, start + batchSize).map(async ({ name: repositoryName }) => {
        const policy = await orNothing(
          client.send(new GetRepositoryPolicyCommand({ registryId, repositoryName })),
        );
        if (policy?.policyText !== undefined) repositoryPolicies.set(repositoryName, policy.policyText);
      }),
    );
  const registry = replication ? await client.send(new DescribeRegistryCommand({})) : undefined;
  const policy = registryPolicy ? await orNothing(client.send(new GetRegistryPolicyCommand({}))) : undefined;
  return {
    repositoryPolicies: new Map([...repositoryPolicies].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    destinations: (registry?.replicationConfiguration?.rules ?? []).flatMap(({ destinations = [] }) =>
      destinations.map(({ registryId: to = "", region = "" }) => ({ registryId: to, region })),
    ),
    registryPolicy: policy?.policyText,
  };
}

/** What AWS answers; `undefined` if there is no such policy or repository. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (/^(Repository|RegistryPolicy|RepositoryPolicy)NotFoundException$/.test((error as Error).name))
      return undefined;
    throw error;
  }
}
