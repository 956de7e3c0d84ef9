import { z } from "zod";
import { integer, list, nonEmpty, object, oneOf } from "../../values/fields";
import type * as aws from "./aws-policy";

/** Maximum number of rules in a policy (AWS quota). https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
export const maxRules = 50;

const tagStatuses = ["tagged", "untagged", "any"] as const;
export const storageClasses = ["standard", "archive"] as const;
const countTypes = [
  "imageCountMoreThan",
  "sinceImagePushed",
  "sinceImagePulled",
  "sinceImageTransitioned",
] as const;
const actionTypes = ["expire", "transition"] as const;

/** Integers of the ECR API have 32 bits. */
const maxInteger = 2_147_483_647;

const countAdvice = `a count is a whole number from 1 to ${maxInteger}; use a number such as 30`;

const tags = (advice: string) =>
  list(nonEmpty(advice)).min(1, { error: "an empty list selects nothing; add a tag" });

/**
 * One rule with the field names of the lifecycle policy JSON, so that rules can be copied from the AWS documentation.
 */
export const LifecycleRule = object({
  rulePriority: integer(
    1,
    maxInteger,
    `a priority is a whole number from 1 to ${maxInteger}; use a number such as 10`,
  ).describe("ECR applies rules in order of priority, lowest number first."),
  description: z
    .string({ error: "a description is a string; write a sentence or remove it" })
    .optional()
    .meta({ description: "Description of the rule, which the ECR console shows.", defaultNote: "none" }),
  selection: object({
    tagStatus: oneOf(tagStatuses).describe("Images with a tag, without a tag, or any image."),
    tagPatternList: tags("a pattern is a non-empty string; use a pattern such as 'release-*'")
      .optional()
      .meta({
        description:
          "For `tagged`: patterns, where `*` matches any text (at most four per pattern). An image needs a matching tag for **each** of them.",
        defaultNote: "none",
      }),
    tagPrefixList: tags("a prefix is a non-empty string; use a prefix such as 'release-'").optional().meta({
      description: "For `tagged`: tag prefixes. An image needs a matching tag for **each** of them.",
      defaultNote: "none",
    }),
    storageClass: oneOf(storageClasses).optional().meta({
      description: "Storage class of the images that the rule applies to: standard or archived images.",
      defaultNote: '`"standard"`',
    }),
    countType: oneOf(countTypes).describe(
      "What the rule counts: images, or days since the push, since the last pull (only to archive) or since the transition to the archive (only for archived images).",
    ),
    countUnit: oneOf(["days"]).optional().meta({
      description: "`days`, for every count type except `imageCountMoreThan`.",
      defaultNote: "none",
    }),
    countNumber: integer(1, maxInteger, countAdvice).describe(
      "Number of images to keep, or number of days. At least 90 for `sinceImageTransitioned`.",
    ),
  }).describe("Images that the rule applies to."),
  action: object({
    type: oneOf(actionTypes).describe("`expire` deletes the image, `transition` archives it."),
    targetStorageClass: oneOf(["archive"]).optional().meta({
      description: "For `transition`: `archive`.",
      defaultNote: "none",
    }),
  }).describe("Action for the selected images."),
}).describe(
  "One lifecycle rule, as in the lifecycle policy JSON. Rules that archive images or count days since the last pull require AWS provider 6.28.0.",
);

/**
 * A lifecycle policy in AWS's terms.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html
 */
export const LifecyclePolicy = object({
  rules: list(LifecycleRule)
    .min(1, { error: "a policy has at least one rule; add one" })
    .max(maxRules, { error: `a policy can have up to ${maxRules} rules; use fewer` }),
});

export type LifecycleRule = aws.LifecycleRule;
export type LifecyclePolicy = aws.LifecyclePolicy;
