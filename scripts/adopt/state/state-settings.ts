import { defined } from "../environment-input";
import type { FoundCache, FoundSettings, FoundTemplate } from "../found/found-settings";
import { blocks, text } from "./attribute";
import type { StateInstance } from "./terraform-state";

/** Types of what AWS keeps once per registry, besides scanning and replication. */
export const settingTypes: readonly string[] = [
  "aws_ecr_account_setting",
  "aws_ecr_pull_through_cache_rule",
  "aws_ecr_pull_time_update_exclusion",
  "aws_ecr_registry_policy",
  "aws_ecr_repository_creation_template",
];

/** The caches, templates, account settings and policy in a Terraform state. */
export function settingsOfState(instances: readonly StateInstance[]): FoundSettings {
  const ofType = (type: string) => instances.filter((one) => one.type === type);
  const [policy] = ofType("aws_ecr_registry_policy");
  return defined({
    caches: ofType("aws_ecr_pull_through_cache_rule").map(cacheIn),
    templates: ofType("aws_ecr_repository_creation_template").map(templateIn),
    accountSettings: Object.fromEntries(
      ofType("aws_ecr_account_setting").map(({ attributes }) => [
        String(attributes["name"]),
        String(attributes["value"]),
      ]),
    ),
    pullTimeExclusions: ofType("aws_ecr_pull_time_update_exclusion").flatMap(
      ({ attributes }) => text(attributes["principal_arn"]) ?? [],
    ),
    policy: policy && { text: String(policy.attributes["policy"]), place: policy.place },
  }) as FoundSettings;
}

const cacheIn = ({ attributes, place }: StateInstance): FoundCache =>
  defined({
    prefix: String(attributes["ecr_repository_prefix"]),
    upstream: String(attributes["upstream_registry_url"]),
    upstreamPrefix: text(attributes["upstream_repository_prefix"]),
    credentialArn: text(attributes["credential_arn"]),
    place,
  }) as FoundCache;

function templateIn({ attributes, place }: StateInstance): FoundTemplate {
  const [encryption] = blocks(attributes["encryption_configuration"]);
  const appliedFor = attributes["applied_for"];
  return defined({
    prefix: String(attributes["prefix"]),
    appliedFor: Array.isArray(appliedFor) ? appliedFor.map(String) : [],
    imageTagMutability: text(attributes["image_tag_mutability"]) ?? "MUTABLE",
    exclusionFilters: blocks(attributes["image_tag_mutability_exclusion_filter"]).map(({ filter }) =>
      String(filter),
    ),
    encryptionType: text(encryption?.["encryption_type"]) ?? "AES256",
    lifecyclePolicy: text(attributes["lifecycle_policy"]),
    repositoryPolicy: text(attributes["repository_policy"]),
    tags: (attributes["resource_tags"] ?? {}) as Record<string, string>,
    place,
  }) as FoundTemplate;
}
