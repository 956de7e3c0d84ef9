import { z } from "zod";
import { noLifecyclePolicy, parseLifecyclePolicy } from "../../modules/ecr/lifecycle/lifecycle-policy";
import { defaultMaxImageCount } from "../../modules/ecr/lifecycle/lifecycle-presets";
import { LifecycleRule } from "../../modules/ecr/lifecycle/lifecycle-rule";
import { integer, list, nonEmpty } from "../../modules/values/fields";
import { distinct } from "../schema/fields";

const { rulePriority, action } = LifecycleRule.shape;

/** One rule of an environment file: as in the lifecycle policy JSON, but priority and action may be left out. */
export const LifecycleRuleOptions = LifecycleRule.extend({
  rulePriority: rulePriority.optional().meta({
    description:
      "ECR applies rules in order of priority, lowest number first. Set it for every rule or for none.",
    defaultNote: "1, 2, 3 … in the order of the list",
  }),
  description: nonEmpty("a description is a non-empty string; write a sentence or remove it")
    .optional()
    .meta({ description: "Description of the rule, which the ECR console shows.", defaultNote: "none" }),
  action: action.default({ type: "expire" }),
}).describe(
  "One lifecycle rule, as in the lifecycle policy JSON. Rules that archive images or count days since the last pull require AWS provider 6.28.0.",
);

const lifecyclePolicy = z
  .custom<string | object>((policy) => typeof policy === "string" || isObject(policy), {
    error: 'this must be a policy, as a JSON string or as an object, or "none"; use { rules: [ … ] }',
  })
  .transform((policy, context) => {
    if (policy === noLifecyclePolicy) return policy;
    if (typeof policy === "string" && policy.trim().toLowerCase() === noLifecyclePolicy) {
      context.addIssue({
        code: "custom",
        message: 'this is no policy; for no lifecycle policy, use "none" in lower case, without spaces',
        input: policy,
      });
      return z.NEVER;
    }
    const parsed = parseLifecyclePolicy(typeof policy === "string" ? policy : JSON.stringify(policy));
    if ("text" in parsed) return parsed.text;
    for (const { path, found, advice } of parsed.problems)
      context.addIssue({ code: "custom", path: [...path], message: advice, input: found });
    return z.NEVER;
  });

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Options of what expires, which every kind of repository has. */
export const lifecycleOptions = {
  maxImageCount: integer(1, 100_000, "a repository keeps 1 to 100000 images; use a whole number")
    .optional()
    .meta({
      description: "Number of images to keep; older images expire.",
      defaultNote: `\`${defaultMaxImageCount}\`, unless \`lifecyclePolicy\` or \`lifecycleRules\` is set`,
    }),
  untaggedExpiryDays: integer(
    1,
    999_999_999,
    "this must be a number of days; use a whole number of 1 or more",
  )
    .optional()
    .meta({
      description: "Days after which an untagged image expires.",
      defaultNote: "untagged images expire only because of `maxImageCount`",
    }),
  protectedTags: distinct(
    nonEmpty("a pattern is a non-empty string; use a pattern such as 'release-*'"),
    "pattern",
  )
    .default([])
    .describe("Patterns of tags whose images never expire; `*` matches any text."),
  lifecycleRules: list(LifecycleRuleOptions)
    .default([])
    .describe("Custom lifecycle rules. They apply after `protectedTags` and before `maxImageCount`."),
  lifecyclePolicy: lifecyclePolicy
    .nullable()
    .default(null)
    .meta({
      type: ["string", "object", "null"],
      description:
        'A complete lifecycle policy in AWS\'s JSON, as a text or as an object, instead of `maxImageCount`, `untaggedExpiryDays`, `protectedTags` and `lifecycleRules`. With `"none"`, there is no lifecycle policy: images are kept until someone deletes them.',
    }),
};
