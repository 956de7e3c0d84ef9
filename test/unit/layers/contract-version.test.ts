import { expect, test } from "vitest";
import { shardContract } from "../../../layers/compute/shard.contract";
import type { Contract } from "../../../layers/contract";
import { contractVersions } from "../../../layers/contract-version";
import { networkContract } from "../../../layers/network/network.contract";
import * as security from "../../../layers/security/security.contract";
import { minimal, only } from "../../support/environments/minimal";
import { everyConsumer } from "../../support/every-consumer";
import { synth } from "../../support/synth";

const contracts = {
  security: Object.assign({}, ...Object.values(security)) as Contract,
  network: networkContract,
  compute: shardContract,
};

/** What a reader relies on: shape and kind of every output. */
const signature = (contract: Contract) =>
  Object.entries(contract).map(([name, { shape, kind }]) => `${name}: ${shape} ${kind.name || "value"}`);

test("what a layer publishes has this version; raise it in layers/contract-version.ts with every change", () => {
  const published = Object.entries(contracts).map(([layer, contract]) => [
    `${layer} ${contractVersions[layer as keyof typeof contracts]}`,
    signature(contract).toSorted(),
  ]);

  expect(Object.fromEntries(published)).toMatchInlineSnapshot(`
    {
      "compute 1": [
        "ecr_registry_ids: map accountIdKind",
        "ecr_repository_arns: map repositoryArnKind",
        "ecr_repository_names: map repositoryNameKind",
        "ecr_repository_urls: map repositoryUrlKind",
      ],
      "network 1": [
        "private_subnet_ids: list subnetId",
        "public_subnet_ids: list subnetId",
        "vpc_cidr_block: one vpcCidr",
        "vpc_id: one vpcId",
      ],
      "security 1": [
        "ecr_cache_role_arn: one roleArn",
        "ecr_kms_key_arn: one kmsKeyArn",
        "ecr_template_role_arn: one roleArn",
        "ecs_execution_role_arn: one roleArn",
        "ecs_infrastructure_role_arn: one roleArn",
        "ecs_schedule_role_arns: map roleArn",
        "ecs_task_role_arns: map roleArn",
        "eks_auto_node_role_arn: one roleArn",
        "eks_cluster_role_arn: one roleArn",
        "eks_node_role_arn: one roleArn",
        "eks_pod_execution_role_arn: one roleArn",
        "eks_pod_role_arns: map roleArn",
        "lambda_role_arns: map roleArn",
        "logs_kms_key_arn: one kmsKeyArn",
        "replica_kms_key_arns: map regionalKmsKeyArn",
        "secret_arns: map secretArn",
        "secrets_kms_key_arn: one kmsKeyArn",
      ],
    }
  `);
});

test("every stack of these layers publishes its version", () => {
  const stacks = {
    ...synth(only(everyConsumer)),
    ...synth(only({ ...minimal, ecr: { stateShards: 2, repositories: { app: {} } } })),
  };
  const versions = Object.entries(stacks)
    .filter(([name]) => /^(?:security|network|compute)-/.test(name))
    .map(([name, json]) => [name, json["output"]?.contract_version?.value]);

  expect(Object.fromEntries(versions)).toMatchInlineSnapshot(`
    {
      "compute-full": 1,
      "compute-test": 1,
      "compute-test-1": 1,
      "compute-test-2": 1,
      "network-full": 1,
      "security-full": 1,
      "security-test": 1,
    }
  `);
});
