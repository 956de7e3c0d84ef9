import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import type { Construct } from "constructs";
import type { Encryption } from "../repository/encryption";
import type { TagMutability } from "../repository/tag-mutability";

/** Settings of the repositories that ECR creates with a template. */
export interface TemplateSettings {
  /** Up to 256 characters. */
  readonly description: string;
  /** Whether a tag may be overwritten. The modes with exclusion need AWS provider 6.10.0. */
  readonly imageTagMutability: TagMutability;
  /** Tags that the mode does not apply to. @default - none */
  readonly imageTagMutabilityExclusionFilters?: readonly string[];
  /** How images are encrypted. */
  readonly encryption: Encryption;
  /** Lifecycle policy of each repository, as JSON. @default - none, and no image expires */
  readonly lifecyclePolicy?: string | undefined;
  /** Tags of each repository. The provider's default tags do not apply to what ECR creates. */
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the role that ECR creates the repositories with. AWS requires one for tags and for a KMS key. */
  readonly roleArn: string;
}

/** When ECR creates repositories with a template. `CREATE_ON_PUSH` needs AWS provider 6.28.0. */
export type TemplateUse = "PULL_THROUGH_CACHE" | "REPLICATION" | "CREATE_ON_PUSH";

/**
 * Create a repository creation template. Changes to it apply to new repositories only.
 *
 * @param prefix prefix of the repositories, without the slash, or `ROOT` for all that no other template covers
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export function creationTemplate(
  scope: Construct,
  id: string,
  prefix: string,
  appliedFor: readonly TemplateUse[],
  settings: TemplateSettings,
): EcrRepositoryCreationTemplate {
  const { encryption, imageTagMutabilityExclusionFilters: filters = [] } = settings;
  return new EcrRepositoryCreationTemplate(scope, id, {
    prefix,
    description: settings.description,
    appliedFor: appliedFor.toSorted(),
    customRoleArn: settings.roleArn,
    imageTagMutability: settings.imageTagMutability,
    ...(filters.length > 0 && {
      imageTagMutabilityExclusionFilter: filters
        .toSorted()
        .map((filter) => ({ filter, filterType: "WILDCARD" })),
    }),
    encryptionConfiguration: [
      {
        encryptionType: encryption.type,
        ...(encryption.type !== "AES256" && { kmsKey: encryption.kmsKeyArn }),
      },
    ],
    ...(settings.lifecyclePolicy !== undefined && { lifecyclePolicy: settings.lifecyclePolicy }),
    resourceTags: { ...settings.tags },
  });
}
