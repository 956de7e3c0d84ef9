import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { Construct } from "constructs";
import { creationTemplate, type TemplateSettings } from "./creation-template";

export interface PullThroughCacheModuleProps extends TemplateSettings {
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
    const { prefix } = props;
    const template = creationTemplate(this, "template", prefix, ["PULL_THROUGH_CACHE"], props);
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
