import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { stackName } from "../../environments/naming";
import { furtherRegions } from "../../environments/plan/replicas";
import { valueAt } from "../../modules/values/value-at";
import { type ExistingRepository, replicationOf } from "../review/registry-loss";
import {
  destroyedKeysElsewhere,
  destroyedRepositories,
  endedReplication,
  type RegionalRepository,
  stillReplicated,
} from "../review/replica-order";
import type { TerraformPlan } from "../review/terraform-plan";
import { CommandError } from "./command";
import { existingReplication } from "./existing-settings";
import { commandLine } from "./in-order";
import { asTerraform } from "./role-credentials";
import type { Stack } from "./stack";
import { valuesIn } from "./state";

/**
 * Why a deploy stops before it ends the replication to a Region in the wrong order: first the rule goes, then the replicas,
 * then their key. `undefined` if it does not stop.
 *
 * @param repositories what the plan takes replication from; needed for a registry
 * @throws CommandError when a state or AWS cannot be read
 */
export async function replicaOrderBlock(
  stack: Stack,
  plan: TerraformPlan,
  repositories: readonly ExistingRepository[],
): Promise<string | undefined> {
  if (stack.layer === "security") return keyBlock(stack, destroyedKeysElsewhere(plan, stack.region));
  if (stack.layer === "replicas") return replicaBlock(stack, destroyedRepositories(plan));
  return stack.layer === "registry" ? registryBlock(stack, plan, repositories) : undefined;
}

/** Images that are encrypted with a key become unreadable when its deletion begins. */
async function keyBlock(stack: Stack, keyArns: readonly string[]): Promise<string | undefined> {
  if (keyArns.length === 0) return undefined;
  const { environment } = stack;
  const name = stackName("replicas", environment);
  const directory = join(dirname(stack.directory), name);
  if (!existsSync(directory)) return undefined;
  const resources = await valuesIn({ ...stack, stack: name, layer: "replicas", directory, reads: [] });
  const encrypted = resources
    .filter(({ mode, type }) => mode === "managed" && type === "aws_ecr_repository")
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes))
    .filter((attributes) =>
      keyArns.includes(String(valueAt(attributes, ["encryption_configuration", 0, "kms_key"]))),
    )
    .map(({ arn, name: repository }) => `${repository} in ${String(arn).split(":")[3]}`);
  if (encrypted.length === 0) return undefined;
  return [
    `The plan for ${stack.stack} would destroy the key of these replicas, and their images would become unreadable:`,
    ...encrypted.map((replica) => `  ${replica}`),
    `End the replication first, then destroy the replicas: ${commandLine("deploy", environment.name, ["registry"])}, then ${commandLine("deploy", environment.name, ["replicas"])}`,
  ].join("\n");
}

/** ECR would create the replica again, without its settings, at the next push. */
async function replicaBlock(
  { stack, environment }: Stack,
  destroyed: readonly RegionalRepository[],
): Promise<string | undefined> {
  if (destroyed.length === 0) return undefined;
  const { accountId, region, name, ecr } = environment;
  const { ECRClient } = await import("@aws-sdk/client-ecr");
  const settings = await asTerraform(environment, region);
  const rules = replicationOf(
    await existingReplication(new ECRClient(settings)).catch(({ name: error, message }: Error) => {
      throw new CommandError(
        `The plan for ${stack} would destroy replicas, and whether account ${accountId}, ${region} still replicates to them cannot be read: ${error}: ${message}`,
      );
    }),
  );
  const replicated = stillReplicated(destroyed, rules, accountId);
  if (replicated.length === 0) return undefined;
  return [
    `The plan for ${stack} would destroy replicas that ECR would create again at the next push, with AES256 and mutable tags:`,
    ...replicated.map((replica) => `  ${replica.name} in ${replica.region}`),
    ecr.registryOwner === "other-project"
      ? `End the replication first: print the requests (npm run registry -- export --env ${name}), and let the owner of the registry deploy them.`
      : `End the replication first: ${commandLine("deploy", name, ["registry"])}`,
  ].join("\n");
}

/** Without the Region in the file, no stack destroys what is there. */
function registryBlock(
  { stack, environment }: Stack,
  plan: TerraformPlan,
  repositories: readonly ExistingRepository[],
): string | undefined {
  const own = repositories.filter(
    ({ environment: owner }) => owner?.project === environment.project && owner.name === environment.name,
  );
  const known = furtherRegions(environment);
  const abandoned = endedReplication(
    plan,
    own.map(({ name }) => name),
    environment.accountId,
  ).filter(({ region }) => !known.includes(region));
  if (abandoned.length === 0) return undefined;
  const regions = [...new Set(abandoned.map(({ region }) => region))].toSorted();
  return [
    `The plan for ${stack} ends the replication to ${regions.join(", ")}, and then no stack would destroy what is there:`,
    ...abandoned.map(({ name, region }) => `  ${name} in ${region}`),
    `Add ${regions.join(", ")} to ecr.formerReplicaRegions in ${environment.file}, and remove it when the replicas are destroyed.`,
  ].join("\n");
}
