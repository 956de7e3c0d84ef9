import { z } from "zod";
import { object, text } from "../../modules/values/fields";
import { defaultTagNames } from "../naming";

const keyAdvice =
  "a tag key has 1 to 128 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; rename it";

const valueAdvice =
  "a tag value is a string of up to 256 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; change it";

/**
 * Tags of every resource. Services differ in what they accept; these are the rules of IAM and CloudWatch Logs, the
 * strictest services that the project tags. ECS also reserves `aws:` in values.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
 */
const tags = () =>
  z
    .record(
      text(/^(?!aws:)[\p{L}\p{N}\p{Z}_.:/=+@-]{1,128}$/iu, keyAdvice),
      text(/^(?!aws:)[\p{L}\p{N}\p{Z}_.:/=+@-]{0,256}$/iu, valueAdvice),
      {
        error: ({ code }) =>
          code === "invalid_key" ? keyAdvice : 'tags are keys and values; use { CostCenter: "1234" }',
      },
    )
    .default({});

export const EnvironmentTags = tags().describe(
  "Tags for every resource, in addition to the four that `tagNames` names.",
);

/** Tags of one repository. ECR accepts the same characters. https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html */
export const RepositoryTags = tags().describe(
  "Tags of the repository and its replicas, in addition to those of the environment. A tag that the environment has too gets the value from here.",
);

/**
 * IAM policies contain the name as a part of a condition key, `aws:ResourceTag/<name>`. These are the characters for
 * which AWS's own policies have examples. The length keeps the deploy role's policies within IAM's limits.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag
 */
const tagName = () =>
  text(
    /^(?!aws:|__)[A-Za-z0-9_.:/=+@-]{1,32}$/i,
    "the name of a tag has 1 to 32 letters, digits and _.:/=+-@ and cannot start with aws: or two underscores; use a name such as project",
  );

/** The names of the tags that every stack sets. */
export const TagNames = object({
  project: tagName().default(defaultTagNames.project).describe("Tag with the name of the project."),
  environment: tagName()
    .default(defaultTagNames.environment)
    .describe("Tag with the name of the environment."),
  layer: tagName().default(defaultTagNames.layer).describe("Tag with the name of the layer."),
  managedBy: tagName().default(defaultTagNames.managedBy).describe("Tag with the value `cdktf`."),
})
  .prefault({})
  .describe(
    "Names of the tags that every stack sets, for example in lower case. The policies of the pipeline roles compare `project` and `environment`. If you change either after the first deployment, an administrator must deploy all layers once, because `security.ci.deploy` has no access to resources with the old name.",
  );
