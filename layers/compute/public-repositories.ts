import type { TerraformProvider, TerraformStack } from "cdktf";
import type { Environment } from "../../environments/plan/environment";
import { formerNames } from "../../environments/plan/former-names";
import { furtherPublicRegions } from "../../environments/plan/public-repositories";
import { publicRepositoryName } from "../../environments/plan/repository-names";
import { PublicRepositoryModule } from "../../modules/ecr/public/public-repository-module";
import { NameScope } from "../../modules/terraform/name-scope";
import { mapOutput } from "../map-output";

/**
 * Add the public repositories of an environment and the output of their URIs, if it has any.
 *
 * @param providerIn the stack's provider for a Region besides its own
 */
export function addPublicRepositories(
  stack: TerraformStack,
  environment: Environment,
  providerIn: (region: string) => TerraformProvider,
): void {
  const { ecr, deletionProtection } = environment;
  const declared = Object.entries(ecr.publicRepositories);
  if (declared.length === 0) return;
  const scope = new NameScope(stack, "public_repositories", "ecrpublic", formerNames(ecr.publicRepositories));
  const [provider] = furtherPublicRegions(environment).map(providerIn);
  const created = declared.map(([shortName, { forceDelete, renamedFrom: _, ...catalogData }]) => {
    const module = new PublicRepositoryModule(scope, shortName, {
      name: publicRepositoryName(environment, shortName),
      ...(provider !== undefined && { provider }),
      catalogData,
      forceDelete,
      preventDestroy: deletionProtection,
    });
    return [shortName, module] as const;
  });
  mapOutput(
    stack,
    "ecr_public_repository_uris",
    "Where public images are pushed to and pulled from, by short name",
    created,
    ({ repositoryUri }) => repositoryUri,
  );
}
