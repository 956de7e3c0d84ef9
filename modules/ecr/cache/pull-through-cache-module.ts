import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { Construct } from "constructs";
import type { Encryption } from "../repository/encryption";
import type { TagMutability } from "../repository/tag-mutability";

export interface PullThroughCacheModuleProps {
  /** Prefix of the repositories of the cache, without the slash, e.g. `myproject-dev-docker-hub`, or `ROOT`. */
  readonly prefix: string;
  /** Host of the upstream registry, e.g. `registry-1.docker.io`. */
  readonly upstreamHost: string;
  /** ARN of the secret with the upstream credentials. @default - none, for upstreams that require none */
  readonly credentialArn?: string;
  /** ARN of the role with which ECR reads a private registry. @default - none, for other upstreams */
  readonly upstreamRoleArn?: string;
  /** Prefix of the repositories of a private registry, without the slash. @default - all of them, by their full names */
  readonly upstreamPrefix?: string;
  readonly description: string;
  /**
   * Whether the cache may overwrite a tag when the upstream does. The modes with exclusion need AWS provider 6.10.0.
   */
  readonly imageTagMutability: TagMutability;
  /** Tags that the mode does not apply to. @default - none */
  readonly imageTagMutabilityExclusionFilters?: readonly string[];
  /** How images are encrypted. */
  readonly encryption: Encryption;
  /** Lifecycle policy of each repository, as JSON. */
  readonly lifecyclePolicy: string;
  /** Tags of each repository. The provider's default tags do not apply to what ECR creates. */
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the role that ECR creates the repositories with. AWS requires one for tags and for a KMS key. */
  readonly roleArn: string;
}

/**
 * A pull-through cache: the rule, and the template for the repositories that ECR creates on the first pull. Changes to
 * the template apply to new repositories only.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export class PullThroughCacheModule extends Construct {
  constructor(scope: Construct, id: string, props: PullThroughCacheModuleProps) {
    super(scope, id);
    const { prefix, encryption, imageTagMutabilityExclusionFilters: filters = [] } = props;
    const template = new EcrRepositoryCreationTemplate(this, "template", {
      prefix,
      description: props.description,
      appliedFor: ["PULL_THROUGH_CACHE"],
      customRoleArn: props.roleArn,
      imageTagMutability: props.imageTagMutability,
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
      lifecyclePolicy: props.lifecyclePolicy,
      resourceTags: { ...props.tags },
    });
    new EcrPullThroughCacheRule(this, "rule", {
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: props.upstreamHost,
      ...(props.credentialArn !== undefined && { credentialArn: props.credentialArn }),
      ...(props.upstreamRoleArn !== undefined && { customRoleArn: props.upstreamRoleArn }),
      ...(props.upstreamPrefix !== undefined && { upstreamRepositoryPrefix: props.upstreamPrefix }),
      // No pull may create a repository before the template exists.
      dependsOn: [template],
    });
  }
}
