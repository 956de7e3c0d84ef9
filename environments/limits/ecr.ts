import { arn, atMost, type Limits, limitedBy, nameIn, pages, range, under } from "./limit";

const docs = "https://docs.aws.amazon.com";
const policyText = `${docs}/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html`;
const lifecycleText = `${docs}/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html`;
const organizations = `${docs}/organizations/latest/APIReference/API_Organization.html`;

const formerName = limitedBy("the short name that it had", "project");
const policy = limitedBy("10,240 characters of repository policy", policyText);
const rolePolicies = limitedBy(
  "10,240 characters of repository policy, or of inline policies of a role in the account",
  policyText,
);
const inPolicy = (words: string) => atMost(10_240, words, policyText);
const inLifecycle = limitedBy("30,720 characters of lifecycle policy", pages.ecr);
const tagPattern = atMost(300, "a tag or a pattern with up to four `*`", pages.ecrImage);
const roleArn = arn(2048, "a path of up to 512 characters and a name of up to 64", pages.iam);
const accountId = atMost(12, "digits", pages.accountId);

const tagMutability: Limits = {
  imageTagMutabilityExclusionFilters: atMost(
    5,
    "",
    `${docs}/AmazonECR/latest/APIReference/API_PutImageTagMutability.html`,
  ),
  "imageTagMutabilityExclusionFilters[]": atMost(
    128,
    "letters, digits and `._*-`, up to two `*`",
    `${docs}/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html`,
  ),
};

const lifecycle: Limits = {
  maxImageCount: range(pages.ecr),
  untaggedExpiryDays: range(`${docs}/AmazonECR/latest/userguide/lifecycle_policy_parameters.html`),
  protectedTags: atMost(50, "rules of a lifecycle policy, with the others", pages.ecr),
  "protectedTags[]": tagPattern,
  lifecycleRules: atMost(50, "with those of other options", pages.ecr),
  "lifecycleRules[].rulePriority": range(lifecycleText),
  "lifecycleRules[].description": inLifecycle,
  "lifecycleRules[].selection.tagPatternList": inLifecycle,
  "lifecycleRules[].selection.tagPatternList[]": tagPattern,
  "lifecycleRules[].selection.tagPrefixList": inLifecycle,
  "lifecycleRules[].selection.tagPrefixList[]": atMost(300, "the beginning of a tag", pages.ecrImage),
  "lifecycleRules[].selection.countNumber": range(lifecycleText),
  lifecyclePolicy: limitedBy("30,720 characters without white space", pages.ecr),
};

const replication: Limits = {
  replicationDestinations: atMost(25, "of all repositories of the registry together", pages.ecr),
  "replicationDestinations[].region": atMost(32, "a Region of the same partition", pages.regions),
  "replicationDestinations[].registryId": accountId,
};

const action = inPolicy("`ecr:` and an action, where `*` matches any text");
const principal = inPolicy("an ARN, an account ID, a host name or `*`");
const statements: Limits = {
  "": policy,
  "[].sid": inPolicy("any; other characters than letters, digits and spaces give a warning"),
  "[].actions": policy,
  "[].actions[]": action,
  "[].notActions": policy,
  "[].notActions[]": action,
  "[].principals": policy,
  "[].principals[].identifiers": policy,
  "[].principals[].identifiers[]": principal,
  "[].notPrincipals": policy,
  "[].notPrincipals[].identifiers": policy,
  "[].notPrincipals[].identifiers[]": principal,
  "[].conditions": policy,
  "[].conditions[].test": inPolicy("an operator"),
  "[].conditions[].variable": inPolicy("a condition key"),
  "[].conditions[].values": policy,
  "[].conditions[].values[]": inPolicy("any"),
};

const tags = `${docs}/AmazonECR/latest/userguide/ecr-using-tags.html`;
const repository: Limits = {
  renamedFrom: formerName,
  tags: atMost(50, "with those of the environment and the four of `tagNames`", tags),
  "tags.<name>@": atMost(
    128,
    "letters, digits, spaces and `_.:/=+-@`, not starting with `aws:`; none of `tagNames` in any case",
    tags,
  ),
  "tags.<name>": atMost(256, "letters, digits, spaces and `_.:/=+-@`, not starting with `aws:`", tags),
  name: atMost(
    256,
    "lowercase letters, digits and `._-/`",
    `${docs}/AmazonECR/latest/APIReference/API_CreateRepository.html`,
  ),
  ...tagMutability,
  ...lifecycle,
  ...replication,
  allowedAccountIds: policy,
  "allowedAccountIds[]": accountId,
  allowedOrganizationIds: policy,
  "allowedOrganizationIds[]": atMost(34, "`o-` and letters and digits", organizations),
  allowedOrganizationPaths: policy,
  "allowedOrganizationPaths[]": inPolicy("the IDs of an organization, a root and its OUs"),
  pullRoleArns: rolePolicies,
  "pullRoleArns[]": roleArn,
  pushRoleArns: rolePolicies,
  "pushRoleArns[]": roleArn,
  repositoryPolicy: policy,
  ...under("repositoryPolicyStatements", statements),
};

const cache: Limits = {
  ...tagMutability,
  ...lifecycle,
  host: atMost(
    74,
    "`<name>.azurecr.io`",
    `${docs}/AmazonECR/latest/userguide/pull-through-cache-creating-rule.html`,
  ),
  credentials: nameIn("security.secrets"),
  registryId: accountId,
  region: atMost(32, "a Region of the same partition", pages.regions),
  upstreamPrefix: atMost(
    30,
    "lowercase letters and digits, separators and slashes, or `ROOT`",
    `${docs}/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html`,
  ),
  pullRoleArns: limitedBy("10,240 characters of registry policy", policyText),
  "pullRoleArns[]": roleArn,
};

const catalog = `${docs}/AmazonECRPublic/latest/APIReference/API_RepositoryCatalogDataInput.html`;
/** The AWS provider's limit. AWS's own is 25,600. */
const catalogText = atMost(
  10_240,
  "Markdown",
  "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecrpublic_repository",
);

const publicRepository: Limits = {
  renamedFrom: formerName,
  name: atMost(
    205,
    "lowercase letters, digits and single `._-/`",
    `${docs}/AmazonECRPublic/latest/APIReference/API_CreateRepository.html`,
  ),
  description: atMost(1024, "any", catalog),
  aboutText: catalogText,
  usageText: catalogText,
  architectures: atMost(50, "", catalog),
  "architectures[]": atMost(50, "any, without spaces at the ends", catalog),
  operatingSystems: atMost(50, "", catalog),
  "operatingSystems[]": atMost(50, "any, without spaces at the ends", catalog),
};

/** Limits of the container registry's options. */
export const ecrLimits: Limits = under("ecr", {
  repositories: atMost(100_000, "in a Region", pages.ecr),
  "repositories.<name>@": atMost(
    256,
    "of the whole name; lowercase letters, digits and single `._-/`",
    `${docs}/AmazonECR/latest/APIReference/API_CreateRepository.html`,
  ),
  ...under("repositories.<name>", repository),
  unmanagedRepositories: atMost(100_000, "in a Region", pages.ecr),
  "unmanagedRepositories.<name>@": atMost(
    256,
    "lowercase letters, digits and `._-/`",
    `${docs}/AmazonECR/latest/APIReference/API_CreateRepository.html`,
  ),
  ...under("unmanagedRepositories.<name>", replication),
  replicaRegistryOwners: limitedBy("the Regions of the partition", pages.regions),
  "replicaRegistryOwners.<name>@": atMost(32, "a Region of the same partition", pages.regions),
  registryRequests: limitedBy("environments of other projects that share the registry", "project"),
  stateShards: range("project"),
  formerReplicaRegions: limitedBy("the Regions of the partition", pages.regions),
  "formerReplicaRegions[]": atMost(32, "a Region of the same partition", pages.regions),
  pullThroughCache: atMost(50, "in a registry", pages.ecr),
  "pullThroughCache.<name>@": atMost(
    30,
    "of the whole prefix",
    `${docs}/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html`,
  ),
  ...under("pullThroughCache.<name>", cache),
  pullTimeExclusions: atMost(
    100,
    "of all environments in the account and Region together",
    `${docs}/AmazonECR/latest/userguide/pull-time-update-exclusions.html`,
  ),
  "pullTimeExclusions[]": arn(
    200,
    "a role or user",
    `${docs}/AmazonECR/latest/APIReference/API_RegisterPullTimeUpdateExclusion.html`,
  ),
  creationTemplates: limitedBy("no number that AWS documents", pages.ecr),
  "creationTemplates.<name>@": atMost(
    256,
    "lowercase letters and digits, separators and slashes, or `ROOT`",
    `${docs}/AmazonECR/latest/APIReference/API_CreateRepositoryCreationTemplate.html`,
  ),
  ...under("creationTemplates.<name>", {
    ...tagMutability,
    ...lifecycle,
    appliedFor: atMost(2, "each once", "project"),
  }),
  publicRepositories: limitedBy(
    "10,000 in an account by default",
    `${docs}/general/latest/gr/ecr-public.html`,
  ),
  "publicRepositories.<name>@": atMost(
    205,
    "of the whole name; lowercase letters, digits and single `._-/`",
    `${docs}/AmazonECRPublic/latest/APIReference/API_CreateRepository.html`,
  ),
  ...under("publicRepositories.<name>", publicRepository),
  kmsKeyArn: arn(2048, "the ARN of a key", pages.kmsArn),
  logRetentionDays: range(pages.logs),
  "alerts.severities": atMost(5, "each once", "project"),
  "alerts.topicArn": arn(
    512,
    "an ARN with a name of up to 256 letters, digits, `-` and `_`",
    `${docs}/sns/latest/api/API_CreateTopic.html`,
  ),
  "alerts.emails": limitedBy("12,500,000 subscriptions of a topic", `${docs}/general/latest/gr/sns.html`),
  "alerts.emails[]": atMost(
    254,
    "up to 64 before the `@`",
    "https://datatracker.ietf.org/doc/html/rfc5321#section-4.5.3.1",
  ),
});
