import { existingNameProblem, repositoryNameProblem } from "../../modules/ecr/repository-name";
import { partitionOf } from "../../modules/iam/aws-partition";
import { repositoryName, reservedTags } from "../naming";
import type { EnvironmentCandidate } from "../options/environment";
import type { WishesCandidate } from "../options/registry";
import { isAccountId, isRegion } from "../schema/fields";
import type { RuleContext } from "../schema/rule";
import { repositoriesOf, unmanagedRepositoriesOf } from "../schema/unchecked-repositories";
import { accessFromOutside } from "./access";
import { ciRules } from "./ci";
import { ecsRules } from "./ecs";
import { eksRules } from "./eks";
import { consumerRules } from "./images";
import { lambdaRules } from "./lambda";
import { signalRules } from "./monitoring";
import { networkRules } from "./network";
import { productionRules } from "./production";
import { cacheRules } from "./pull-through-cache";
import { secretRules } from "./secrets";

/** Rules between the sections of one environment file. */
export function environmentRules(given: EnvironmentCandidate, context: RuleContext): void {
  // A Region or account that breaks its own rule is reported there, and not once more for all that depends on it.
  const environment: EnvironmentCandidate = {
    ...given,
    region: isRegion(given.region) ? given.region : undefined,
    accountId: isAccountId(given.accountId) ? given.accountId : undefined,
  };
  tags(environment, context);
  encryption(environment, context);
  stateKey(environment, context);
  for (const [name, repository] of repositoriesOf(environment)) {
    const at = ["ecr", "repositories", name];
    fullName(environment, name, at, context);
    accessFromOutside(environment, repository, at, context);
    destinations(environment, repository, at, context);
  }
  for (const [name, repository] of unmanagedRepositoriesOf(environment)) {
    const at = ["ecr", "unmanagedRepositories", name];
    const advice = existingNameProblem(name);
    if (advice !== undefined) context.problem(at, name, advice);
    destinations(environment, repository, at, context);
  }
  signalRules(environment, context);
  secretRules(environment, context);
  ciRules(environment, context);
  cacheRules(environment, context);
  consumerRules(environment, context);
  networkRules(environment, context);
  lambdaRules(environment, context);
  ecsRules(environment, context);
  eksRules(environment, context);
  productionRules(environment, context);
}

function tags({ tags }: EnvironmentCandidate, { problem }: RuleContext): void {
  if (typeof tags !== "object" || tags === null) return;
  for (const reserved of reservedTags)
    if (Object.hasOwn(tags, reserved))
      problem(["tags", reserved], tags[reserved], "every stack sets this tag itself; remove it");
}

function encryption({ region, ecr }: EnvironmentCandidate, context: RuleContext): void {
  const { problem } = context;
  const { encryptionType, kmsKeyArn } = ecr ?? {};
  if (encryptionType === "AES256" && kmsKeyArn !== undefined)
    problem(
      ["ecr", "kmsKeyArn"],
      kmsKeyArn,
      'encryptionType AES256 uses no key; set encryptionType: "KMS" or remove the key',
    );
  if (encryptionType === "KMS_DSSE" && typeof region === "string" && !region.startsWith("us-gov-"))
    problem(
      ["ecr", "encryptionType"],
      encryptionType,
      "KMS_DSSE exists in the AWS GovCloud (US) Regions only; use KMS",
    );
  keyInRegion(["ecr", "kmsKeyArn"], kmsKeyArn, region, context);
}

function stateKey({ state, region }: EnvironmentCandidate, context: RuleContext): void {
  if (state?.backend !== "s3") return;
  keyInRegion(["state", "kmsKeyArn"], state.kmsKeyArn, state.region ?? region, context);
}

/** S3 and ECR use keys of their own Region only. What is no key ARN at all is reported by its shape. */
function keyInRegion(
  path: readonly PropertyKey[],
  keyArn: string | undefined,
  region: string | undefined,
  { problem }: RuleContext,
): void {
  const keyRegion = typeof keyArn === "string" && /^arn:[^:]+:kms:([^:]+):\d{12}:key\//.exec(keyArn)?.[1];
  if (keyRegion && typeof region === "string" && keyRegion !== region)
    problem(path, keyArn, `the key must be in the Region of what it encrypts; use a key of ${region}`);
}

function fullName(
  { project, name }: EnvironmentCandidate,
  shortName: string,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (typeof project !== "string" || typeof name !== "string") return;
  // A project or environment that breaks its own rule is reported there, not once more for each repository.
  if (repositoryNameProblem(repositoryName({ project, name }, "x")) !== undefined) return;
  const advice = repositoryNameProblem(repositoryName({ project, name }, shortName));
  if (advice !== undefined) problem(at, shortName, advice);
}

function destinations(
  { accountId, region }: EnvironmentCandidate,
  { replicationDestinations }: WishesCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (!Array.isArray(replicationDestinations) || typeof region !== "string") return;
  const seen = new Set<string>();
  replicationDestinations.forEach((destination, index) => {
    const path = [...at, "replicationDestinations", index];
    if (typeof destination?.region !== "string") return;
    const registryId = destination.registryId ?? accountId;
    const address = `${registryId}/${destination.region}`;
    if (address === `${accountId}/${region}`)
      problem(path, destination, "a repository cannot be replicated to its own registry; use another Region");
    if (seen.has(address)) problem(path, destination, "this destination is listed twice; remove it here");
    if (partitionOf(destination.region) !== partitionOf(region))
      problem(
        path,
        destination,
        `ECR does not replicate across partitions; use a Region of the partition ${partitionOf(region)}`,
      );
    seen.add(address);
  });
}
