import type { Environment } from "../../environments/plan/environment";
import {
  destructionBlock,
  protectedResources,
  resourcesShown,
  undeletableRepositories,
} from "../review/destruction-obstacles";
import { CommandError } from "./command";
import { init } from "./initialization";
import { asTerraform } from "./role-credentials";
import { failed, type Stack } from "./stack";
import { terraform } from "./terraform";

/**
 * Require that nothing deployed in a stack keeps a destroy from its end: images, or deletion protection.
 *
 * @throws CommandError when something does, or when it cannot be read
 */
export async function requireDestructible(stack: Stack): Promise<void> {
  await init(stack, { always: true });
  const result = await terraform(stack.directory, ["show", "-json"], { quiet: true });
  if (result.code !== 0) {
    process.stderr.write(result.output);
    throw failed(stack, "show", result, 1);
  }
  const { environment, layer } = stack;
  const resources = resourcesShown(result.stdout);
  const withImages = await holdingImages(environment, undeletableRepositories(resources));
  const block = destructionBlock(withImages, protectedResources(resources), { ...environment, layer });
  if (block !== undefined) throw new CommandError(block);
}

/**
 * Those of the repositories that hold images, archived ones included: names, with the Region if it is another than that of
 * the environment. One that is gone holds none.
 */
async function holdingImages(environment: Environment, repositoryArns: readonly string[]): Promise<string[]> {
  if (repositoryArns.length === 0) return [];
  const { accountId, region: home } = environment;
  const { ECRClient, DescribeImagesCommand, RepositoryNotFoundException } = await import(
    "@aws-sdk/client-ecr"
  );
  const clients = new Map<string, InstanceType<typeof ECRClient>>();
  const found: string[] = [];
  for (const arn of repositoryArns) {
    const [, region = home, repositoryName = ""] = /:ecr:([^:]*):[^:]*:repository\/(.*)$/.exec(arn) ?? [];
    const client = clients.get(region) ?? new ECRClient(await asTerraform(environment, region));
    clients.set(region, client);
    try {
      const { imageDetails = [] } = await client.send(
        new DescribeImagesCommand({
          ...{ registryId: accountId, repositoryName, maxResults: 1 },
          filter: { imageStatus: "ANY" },
        }),
      );
      if (imageDetails.length > 0)
        found.push(region === home ? repositoryName : `${repositoryName} in ${region}`);
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) continue;
      const { name, message } = error as Error;
      throw new CommandError(
        `${repositoryName} in account ${accountId}, ${region} cannot be read: ${name}: ${message}\nNothing was destroyed.`,
      );
    }
  }
  return found;
}
