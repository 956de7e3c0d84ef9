import { isRegion } from "../../modules/iam/aws-regions";
import type { UncheckedEnvironment } from "../options/environment";
import { isAccountId } from "../schema/fields";
import type { RuleContext } from "../schema/rule";
import { ciRules } from "./ci";
import { consumerRules } from "./consumers";
import { creationTemplateRules } from "./creation-template";
import { deployRoleRules } from "./deploy-role";
import { formerRegionRules } from "./former-regions";
import { imageGateRules } from "./image-gate";
import { isolatedPartitionRules } from "./isolated-partitions";
import { keyAdministratorRules } from "./key-administrators";
import { monitoringRules } from "./monitoring";
import { networkRules } from "./network";
import { productionRules } from "./production";
import { publicRepositoryRules } from "./public-repository";
import { cacheRules, cachesSupported } from "./pull-through-cache";
import { renamedRepositoryRules } from "./renamed-repositories";
import { repositoryRules, unmanagedRepositoryRules } from "./repository";
import { repositoryNameRules } from "./repository-names";
import { secretRules } from "./secrets";
import { cachesOf, creationTemplatesOf, repositoriesOf, unmanagedRepositoriesOf } from "./sections";
import { sharedRegistryRules } from "./shared-registry";
import { stateRules } from "./state";
import { tagRules } from "./tags";

/** Every rule between options of one environment file. Each part of the file gets a context for its own path. */
export function environmentRules(given: UncheckedEnvironment, context: RuleContext): void {
  // The schema reports an invalid Region or account. Rules that depend on it do not report it again.
  const environment: UncheckedEnvironment = {
    ...given,
    region: isRegion(given.region) ? given.region : undefined,
    accountId: isAccountId(given.accountId) ? given.accountId : undefined,
  };
  const ecr = (section: string, name: string) => context.at("ecr", section, name);
  tagRules(environment, context);
  encryption(environment, context);
  stateKey(environment, context);
  stateRules(environment, context);
  deployRoleRules(environment, context);
  keyAdministratorRules(environment, context);
  for (const [name, repository] of repositoriesOf(environment))
    repositoryRules(environment, name, repository, ecr("repositories", name));
  for (const [name, options] of unmanagedRepositoriesOf(environment))
    unmanagedRepositoryRules(environment, name, options, ecr("unmanagedRepositories", name));
  for (const [name, cache] of cachesOf(environment))
    cacheRules(environment, name, cache, ecr("pullThroughCache", name));
  cachesSupported(environment, context);
  repositoryNameRules(environment, context);
  renamedRepositoryRules(environment, context);
  sharedRegistryRules(environment, context.at("ecr"));
  formerRegionRules(environment, context);
  publicRepositoryRules(environment, context);
  isolatedPartitionRules(environment, context);
  for (const [prefix, template] of creationTemplatesOf(environment))
    creationTemplateRules(prefix, template, ecr("creationTemplates", prefix));
  monitoringRules(environment, context);
  secretRules(environment, context);
  ciRules(environment, context);
  consumerRules(environment, context);
  imageGateRules(environment, context);
  networkRules(environment, context);
  productionRules(environment, context);
}

function encryption({ region, ecr }: UncheckedEnvironment, context: RuleContext): void {
  const { encryptionType, kmsKeyArn } = ecr ?? {};
  const { problem } = context.at("ecr");
  if (encryptionType === "AES256" && kmsKeyArn !== undefined)
    problem(
      ["kmsKeyArn"],
      kmsKeyArn,
      'encryptionType AES256 does not use a KMS key; set encryptionType: "KMS" or remove the key',
    );
  if (encryptionType === "KMS_DSSE" && typeof region === "string" && !region.startsWith("us-gov-"))
    problem(
      ["encryptionType"],
      encryptionType,
      "KMS_DSSE is available only in the AWS GovCloud (US) Regions; use KMS",
    );
  keyInRegion(kmsKeyArn, region, context.at("ecr", "kmsKeyArn"));
}

function stateKey({ state, region }: UncheckedEnvironment, context: RuleContext): void {
  if (state?.backend !== "s3") return;
  keyInRegion(state.kmsKeyArn, state.region ?? region, context.at("state", "kmsKeyArn"));
}

/** S3 and ECR can use only keys in their own Region. The schema reports a value that is not a key ARN. */
function keyInRegion(keyArn: string | undefined, region: string | undefined, { problem }: RuleContext): void {
  const keyRegion = typeof keyArn === "string" && /^arn:[^:]+:kms:([^:]+):\d{12}:key\//.exec(keyArn)?.[1];
  if (keyRegion && typeof region === "string" && keyRegion !== region)
    problem(
      [],
      keyArn,
      `the key must be in the Region of the resources that it encrypts; use a key in ${region}`,
    );
}
