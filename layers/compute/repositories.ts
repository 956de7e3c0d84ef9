import { Fn, type IResolvable, TerraformOutput, type TerraformStack } from "cdktf";
import { encryptionOf } from "../../environments/plan/encryption";
import type { Environment } from "../../environments/plan/environment";
import { formerNames } from "../../environments/plan/former-names";
import { policyTextOf } from "../../environments/plan/lifecycle";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { shardsOf } from "../../environments/plan/shards";
import type { EcrModule } from "../../modules/ecr/ecr-module";
import { NameScope } from "../../modules/terraform/name-scope";
import { type ContractValues, readLayer, readStack } from "../contract";
import { mapOutput } from "../map-output";
import { addRepository } from "../repository";
import { securityContract } from "../security/security.contract";
import type { Repositories, Repository } from "./image-uri";
import { shardContract } from "./shard.contract";

/**
 * Create repositories of an environment, with the outputs about them.
 *
 * @param names short names of those that the stack has
 */
export function addRepositories(
  stack: TerraformStack,
  environment: LiteralEnvironment,
  names: readonly string[],
): Map<string, EcrModule> {
  const { region } = environment;
  const security = readLayer(stack, "security", environment, securityContract);
  const encryption = encryptionOf(environment, () => security.ecr_kms_key_arn);
  const scope = new NameScope(stack, "repositories", "ecr", formerNames(environment.ecr.repositories));
  const repositories = new Map<string, EcrModule>();
  const place = { region, encryption, lifecyclePolicy: policyTextOf };
  for (const shortName of names)
    repositories.set(shortName, addRepository(scope, environment, shortName, place));
  return repositories;
}

/** Outputs about the repositories that a stack has. */
export function addRepositoryOutputs(
  stack: TerraformStack,
  repositories: ReadonlyMap<string, EcrModule>,
): void {
  for (const [id, attribute] of Object.entries(attributes))
    mapOutput(stack, id, shardContract[id as keyof typeof attributes].description, repositories, attribute);
}

/** A reference, not a text that stands for one: CDKTF keeps each such text, and there can be thousands. */
const attributes: { readonly [Name in keyof typeof shardContract]: (module: EcrModule) => IResolvable } = {
  ecr_repository_urls: ({ repository }) => repository.interpolationForAttribute("repository_url"),
  ecr_repository_arns: ({ repository }) => repository.interpolationForAttribute("arn"),
  ecr_repository_names: ({ repository }) => repository.interpolationForAttribute("name"),
  ecr_registry_ids: ({ repository }) => repository.interpolationForAttribute("registry_id"),
};

/** The repositories in the shards of an environment, and the same outputs for all of them. */
export function readShards(stack: TerraformStack, environment: Environment): Repositories {
  const shards = shardsOf(environment).map((shard) => ({
    ...shard,
    values: readStack(
      stack,
      { layer: "compute", stack: shard.stack, environment },
      shardContract,
      `shard_${shard.number}`,
    ),
  }));
  for (const [id, { description }] of Object.entries(shardContract))
    new TerraformOutput(stack, id, {
      description,
      staticId: true,
      value: merged(shards.map(({ values }) => values[id as keyof typeof shardContract].whole)),
    });
  return new Map(
    shards.flatMap(({ repositories, values }) => repositories.map((name) => [name, readOne(name, values)])),
  );
}

const merged = (maps: readonly IResolvable[]): string => Fn.merge([...maps]);

/** The URL is read when somebody asks for it: each read adds a check to the stack. */
function readOne(name: string, values: ContractValues<typeof shardContract>): Repository {
  return {
    get repositoryUrl() {
      return values.ecr_repository_urls(name);
    },
  };
}
