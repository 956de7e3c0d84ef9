import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findProvider } from "../../emulator/installation";
import { definitions as files } from "../../environments/all";
import { loadProject } from "../../environments/load";
import type { EnvironmentInput } from "../../environments/options/environment";
import { has, providerVersionIn, type since } from "../../environments/plan/provider-version";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";
import { everyOptionContext, everyOptionOnce } from "../support/environments/every-option";
import { guide } from "../support/environments/guide";
import { only } from "../support/environments/minimal";
import { everyConsumer } from "../support/every-consumer";
import { type Block, ofProvider, schemaFaults } from "../support/schema/schema-faults";
import { type StackJson, writtenStacks } from "../support/synth";

interface ProviderSchema {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: Block }>>;
}

/**
 * What the provider of the tests does not have yet: faults at these places, without names and indexes, are expected where
 * the configured version has the feature.
 */
const newer: Readonly<Record<string, keyof typeof since>> = {
  "aws_s3_bucket_server_side_encryption_configuration.rule.blocked_encryption_types":
    "blockedEncryptionTypes",
  "aws_ecr_repository.image_tag_mutability_exclusion_filter": "exclusionFilters",
  aws_ecr_pull_time_update_exclusion: "pullTimeExclusions",
  "aws_ecs_service.deployment_configuration": "deploymentStrategy",
  "aws_ecs_service.load_balancer.advanced_configuration": "deploymentStrategy",
};

const oldest = { awsProviderVersion: "5.100.0" };

/** Environments, and the CDKTF context in which they are synthesized. */
const projects: readonly (readonly [name: string, Readonly<Parameters<typeof loadProject>>])[] = [
  ["the environment files", [files, {}]],
  ["the guide", [guide, {}]],
  ["the guide, with the oldest provider", [guide, oldest]],
  ["every kind of consumer", [only(everyConsumer), {}]],
  ["every kind of consumer, with the oldest provider", [only(everyConsumer), oldest]],
  ["shards, replicas and public repositories", [only(sharded(everyConsumer)), oldest]],
  ...everyOptionOnce.map(
    (input, index) => [`every option, ${index + 1}`, [only(input), everyOptionContext]] as const,
  ),
];

function sharded(input: EnvironmentInput): EnvironmentInput {
  const replication = { enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] };
  const repositories = Object.entries(input.ecr?.repositories ?? {});
  return {
    ...input,
    ecr: {
      ...input.ecr,
      stateShards: 3,
      publicRepositories: { tool: { description: "A tool" } },
      repositories: Object.fromEntries(
        repositories.map(([name, options]) => [name, { ...options, ...replication }]),
      ),
    },
  };
}

/** `terraform providers schema`, read once. */
describeWithTerraform("the provider's schema", () => {
  let provider: RunningProvider;
  let workspace: Workspace;
  let schema: ProviderSchema;

  beforeAll(async () => {
    provider = await startProvider({});
    workspace = new Workspace(provider.variables);
    mkdirSync(join(workspace.folder, "cdktf.out/stacks/trial"), { recursive: true });
    const required = { aws: { source: "hashicorp/aws", version: findProvider()?.providerVersion } };
    workspace.write(
      "cdktf.out/stacks/trial/main.tf.json",
      JSON.stringify({ terraform: { required_providers: required } }),
    );
    await workspace.terraform("trial", ["init"]);
    const { stdout } = await workspace.terraform("trial", ["providers", "schema", "-json"]);
    schema = JSON.parse(stdout).provider_schemas["registry.terraform.io/hashicorp/aws"];
  });
  afterAll(async () => {
    await provider.stop();
    workspace.remove();
  });

  const faultsOf = (stack: StackJson): string[] => [
    ...((stack["provider"]?.aws ?? []) as object[]).flatMap((one, index) =>
      schemaFaults(ofProvider(one), schema.provider.block, `provider.aws[${index}]`),
    ),
    ...faultsIn(stack["resource"], schema.resource_schemas, ""),
    ...faultsIn(stack["data"], schema.data_source_schemas, "data."),
  ];

  function faultsIn(
    types: Readonly<Record<string, Readonly<Record<string, object>>>> = {},
    schemas: ProviderSchema["resource_schemas"],
    prefix: string,
  ): string[] {
    return Object.entries(types)
      .filter(([type]) => type.startsWith("aws_"))
      .flatMap(([type, ofType]) => {
        const block = schemas[type]?.block;
        if (block === undefined) return [`${prefix}${type}: unknown`];
        return Object.entries(ofType).flatMap(([name, values]) =>
          schemaFaults(ofProvider(values), block, `${prefix}${type}.${name}`),
        );
      });
  }

  /** E.g. `aws_ecr_repository.image_tag_mutability_exclusion_filter`, without the name of the resource and indexes. */
  const placeOf = (fault: string): string =>
    fault
      .replace(/: .*$/s, "")
      .replace(/\[\d+\]/g, "")
      .replace(/^((?:data\.)?aws_\w+)\.[\w-]+/, "$1");

  test("it is whole", () => {
    expect(Object.keys(schema.resource_schemas)).toContain("aws_ecr_repository");
  });

  test.each(projects)(
    "of the stacks of %s, every argument is in the schema, and none is missing",
    (_, [definitions, context = {}]) => {
      const stacks = writtenStacks(loadProject(definitions, context));
      const faults = Object.entries(stacks).flatMap(([name, json]) =>
        faultsOf(json)
          .filter((fault) => {
            const feature = newer[placeOf(fault)];
            return feature === undefined || !has(providerVersionIn(context), feature);
          })
          .map((fault) => `${name} ${fault}`),
      );

      expect(faults).toEqual([]);
    },
  );

  test("what is called newer is not in the schema", () => {
    const stacks = everyOptionOnce.map((input) =>
      writtenStacks(loadProject(only(input), everyOptionContext)),
    );
    const places = stacks.flatMap((some) =>
      Object.values(some).flatMap((json) => faultsOf(json).map(placeOf)),
    );

    expect(Object.keys(newer).filter((place) => !places.includes(place))).toEqual([]);
  });
});
