import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { Construct } from "constructs";
import type { Encryption } from "../encryption";
import type { TagMutability } from "../tag-mutability";

export interface PullThroughCacheModuleProps {
  /** What the repositories of the cache begin with, without the slash, e.g. `myproject-dev-docker-hub`. */
  readonly prefix: string;
  /** Host of the registry whose images are cached, e.g. `registry-1.docker.io`. */
  readonly upstreamHost: string;
  /** ARN of the secret with the credentials for it. @default - none, for upstreams that ask for none */
  readonly credentialArn?: string;
  readonly description: string;
  /** Whether the cache may move a tag when the upstream does. The modes with exclusion need AWS provider 6.10.0. */
  readonly imageTagMutability: TagMutability;
  /** Tags that the mode does not apply to. @default - none */
  readonly imageTagMutabilityExclusionFilters?: readonly string[];
  /** How images are encrypted. */
  readonly encryption: Encryption;
  /** Text of the lifecycle policy of each repository. */
  readonly lifecyclePolicy: string;
  /** Tags of each repository. The provider's default tags do not reach what ECR makes. */
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the role with which ECR makes the repositories. AWS demands one for tags and for a key. */
  readonly roleArn: string;
}

/**
 * A cache before another registry: the rule, and the template for the repositories that ECR makes at the first pull.
 * What is in the template reaches new repositories only.
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
      // No pull may make a repository before the template says how.
      dependsOn: [template],
    });
  }
}
