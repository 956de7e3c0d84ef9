const template =
  "only new repositories get it: they are created with the role, the tags and the encryption of the environment; to keep it, leave the cache or template out of the file";

/** Why an attribute of a resource differs, and what to do, by resource type and attribute. */
const explanations: Readonly<Record<string, string>> = {
  "aws_ecr_lifecycle_policy policy":
    "to keep what AWS has, set lifecyclePolicy to it; else the deploy replaces it, and images may expire: npm run ecr -- lifecycle preview",
  "aws_ecr_registry_policy policy":
    "this project computes it from what the environments need; deploy stops before others lose access",
  "aws_ecr_registry_scanning_configuration rule":
    'the filters are computed from scanOnPush, enableEnhancedScanning and scanFrequency of repositories and unmanagedRepositories; npm run ecr -- registry explain shows which applies to each. To keep the settings of the registry as they are: ecr.registryOwner: "other-project"',
  "aws_ecr_registry_scanning_configuration scan_type":
    "to keep it, set enableEnhancedScanning of every scanned repository to what the registry has",
  "aws_ecr_replication_configuration replication_configuration":
    "the rules are computed from replicationDestinations of repositories and unmanagedRepositories; npm run ecr -- registry explain shows which applies to each",
  "aws_ecr_repository encryption_configuration":
    "AWS cannot change it: the repository would be replaced; set ecr.encryptionType and ecr.kmsKeyArn to what it has, or declare it as unmanaged",
  "aws_ecr_repository force_delete":
    "AWS has no such setting: only the state gets it, and nothing changes in AWS",
  "aws_ecr_repository image_scanning_configuration":
    "let it change: where the registry has scanning rules, AWS ignores this setting of the repository, and scanOnPush sets both to the same; to keep it, set scanOnPush to what it is, which also changes what the registry scans",
  "aws_ecr_repository image_tag_mutability": "to keep it, set imageTagMutability",
  "aws_ecr_repository image_tag_mutability_exclusion_filter":
    "to keep it, set imageTagMutabilityExclusionFilters",
  "aws_ecr_repository name": "AWS cannot rename a repository: it would be replaced; set its name",
  "aws_ecr_repository_policy policy":
    "to keep what AWS has, set repositoryPolicy to it, without options that grant access besides",
  "aws_ecr_account_setting value": "to keep it, leave the setting out of ecr.accountSettings",
  "aws_ecr_pull_through_cache_rule credential_arn":
    "to keep it, leave the cache out of the file; else store the credentials in the secret of this project before the deploy",
  "aws_ecr_pull_through_cache_rule custom_role_arn":
    "ECR reads the upstream with the role of the security layer; to keep the other role, leave the cache out of the file",
  ...Object.fromEntries(
    [
      "applied_for",
      "custom_role_arn",
      "description",
      "encryption_configuration",
      "repository_policy",
      "resource_tags",
    ].map((attribute) => [`aws_ecr_repository_creation_template ${attribute}`, template]),
  ),
  "aws_ecr_repository_creation_template image_tag_mutability":
    "to keep it, set imageTagMutability of the cache or template",
  "aws_ecr_repository_creation_template lifecycle_policy":
    "to keep it, set lifecyclePolicy of the cache or template; only new repositories get it",
  "aws_cloudwatch_log_group retention_in_days": "to keep it, set ecr.logRetentionDays",
};

/** Of every type that has tags. */
const tags =
  "every stack tags what it owns, by which pipeline roles recognize it; other tags come from tags of the environment";

/** Pipelines find repositories by their names. */
const repositoryTags =
  "to keep the tags as they are, set ignoreTagChanges: true, or adopt with --keep-tags; else every stack tags what it owns, and other tags come from tags of the environment and of the repository";

/** What a difference in an attribute means. */
export function explanation(type: string, attribute: string): string {
  if (attribute === "tags") return type === "aws_ecr_repository" ? repositoryTags : tags;
  return (
    explanations[`${type} ${attribute}`] ??
    "the deploy sets it to what the stack says; if it has to stay, change the option that it comes from"
  );
}

/** Why a resource is created, by type. */
const additions: Readonly<Record<string, string>> = {
  aws_ecr_lifecycle_policy: 'AWS has none for the repository; to keep it so, set lifecyclePolicy: "none"',
  aws_ecr_registry_scanning_configuration: "every registry has one, and it was in no state",
  aws_ecr_repository: "AWS has no repository of this name",
  aws_ecr_repository_creation_template:
    "each cache of this project has a template, for the repositories that ECR creates from now on; nothing changes about those that exist",
  aws_kms_key: "the security layer has keys of its own",
};

/** What it means that a resource is new. */
export const newResource = (type: string): string =>
  additions[type] ?? "this project creates it, and AWS has none; deploy adds it";
