import { z } from "zod";

const blocks = z.array(z.record(z.string(), z.unknown())).nullish();
const text = z.string().nullish();
const tags = z.record(z.string(), z.string()).nullish();
const policy = { policy: z.string(), repository: z.string() };

/** The attributes that are read, by type, as the provider stores them. */
const shapes: Readonly<Record<string, z.ZodType>> = {
  aws_ecr_account_setting: z.object({ name: z.string(), value: z.string() }),
  aws_ecr_lifecycle_policy: z.object(policy),
  aws_ecr_pull_through_cache_rule: z.object({
    ...{ ecr_repository_prefix: z.string(), upstream_registry_url: z.string() },
    ...{ upstream_repository_prefix: text, credential_arn: text },
  }),
  aws_ecr_pull_time_update_exclusion: z.object({ principal_arn: z.string() }),
  aws_ecr_registry_policy: z.object({ policy: z.string() }),
  aws_ecr_registry_scanning_configuration: z.object({ scan_type: z.string(), rule: blocks }),
  aws_ecr_replication_configuration: z.object({ replication_configuration: blocks }),
  aws_ecr_repository: z.object({
    ...{ arn: z.string(), name: z.string(), image_tag_mutability: text, tags, tags_all: tags },
    ...{ encryption_configuration: blocks, image_scanning_configuration: blocks },
    image_tag_mutability_exclusion_filter: blocks,
  }),
  aws_ecr_repository_creation_template: z.object({
    ...{ prefix: z.string(), applied_for: z.array(z.string()).nullish(), image_tag_mutability: text },
    ...{ encryption_configuration: blocks, image_tag_mutability_exclusion_filter: blocks },
    ...{ lifecycle_policy: text, repository_policy: text, resource_tags: tags },
  }),
  aws_ecr_repository_policy: z.object(policy),
};

const ecrArn = /^arn:[a-z-]+:ecr:[a-z0-9-]+:\d{12}:repository\/./;

/** What is wrong with the attributes of a resource, e.g. `has no arn in this state`. @returns `undefined` if nothing is */
export function attributeProblem(
  type: string,
  attributes: Readonly<Record<string, unknown>>,
): string | undefined {
  const issues = shapes[type]?.safeParse(attributes).error?.issues ?? [];
  const missing = issues.filter(({ path }) => path.length === 1 && attributes[String(path[0])] == null);
  if (missing.length > 0)
    return `has no ${missing.map(({ path }) => String(path[0])).join(" and no ")} in this state`;
  if (issues.length > 0)
    return `is damaged in this state (${issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")})`;
  if (type === "aws_ecr_repository" && !ecrArn.test(String(attributes["arn"])))
    return `is damaged in this state (arn: ${JSON.stringify(attributes["arn"])} is no ARN of a repository)`;
  return undefined;
}
