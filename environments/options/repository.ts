import { z } from "zod";
import {
  organizationIdSyntax,
  organizationPathSyntax,
  roleArnSyntax,
} from "../../modules/ecr/access/grantee-syntax";
import { parseLifecyclePolicy } from "../../modules/ecr/lifecycle/lifecycle-policy";
import { defaultMaxImageCount } from "../../modules/ecr/lifecycle/lifecycle-presets";
import {
  exclusionFilterProblem,
  maxExclusionFilters,
  tagMutabilities,
} from "../../modules/ecr/repository/tag-mutability";
import { accountId, boolean, distinct, integer, list, nonEmpty, object, oneOf, text } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { LifecycleRuleOptions } from "./lifecycle";
import { PolicyStatement } from "./policy-statement";
import { replicationOptions, scanningOptions } from "./registry";

const exclusionFilter = z
  .string({ error: "a filter is a string; write for example 'dev-*'" })
  .superRefine((filter, context) => {
    const problem = exclusionFilterProblem(filter);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

const lifecyclePolicy = z
  .string({
    error: "this must be a string of JSON; write JSON.stringify({ rules: [ … ] }) or '{\"rules\":[…]}'",
  })
  .transform((json, context) => {
    const parsed = parseLifecyclePolicy(json);
    if ("text" in parsed) return parsed.text;
    for (const { path, found, advice } of parsed.problems)
      context.addIssue({ code: "custom", path: [...path], message: advice, input: found });
    return z.NEVER;
  });

const roleArns = () => distinct(text(roleArnSyntax.pattern, roleArnSyntax.advice), "role").default([]);

/** Options of one repository. */
export const RepositoryOptions = object({
  imageTagMutability: oneOf(tagMutabilities)
    .default("MUTABLE")
    .describe(
      "Whether a pushed tag may be moved to another image. The two modes with exclusion need AWS provider 6.8.0.",
    ),
  imageTagMutabilityExclusionFilters: distinct(exclusionFilter, "filter")
    .max(maxExclusionFilters, {
      error: `a repository takes at most ${maxExclusionFilters} filters; combine some with *`,
    })
    .default([])
    .describe("Tags that the mode does not apply to; `*` stands for any text."),
  ...scanningOptions,
  maxImageCount: integer(1, 100_000, "a repository keeps 1 to 100000 images; write a whole number")
    .optional()
    .meta({
      description: "How many images to keep; older ones expire.",
      defaultNote: `\`${defaultMaxImageCount}\`, unless \`lifecyclePolicy\` or \`lifecycleRules\` is given`,
    }),
  untaggedExpiryDays: integer(1, 999_999_999, "this is a number of days; write a whole number from 1 on")
    .optional()
    .meta({
      description: "Days after which an image without a tag expires.",
      defaultNote: "only `maxImageCount` counts",
    }),
  protectedTags: distinct(nonEmpty("a pattern is text; write for example 'release-*'"), "pattern")
    .default([])
    .describe("Images with a tag that matches one of these never expire; `*` stands for any text."),
  lifecycleRules: list(LifecycleRuleOptions)
    .default([])
    .describe("Lifecycle rules of your own. They act after `protectedTags` and before `maxImageCount`."),
  lifecyclePolicy: lifecyclePolicy.nullable().default(null).meta({
    description:
      "A whole lifecycle policy as JSON, instead of `maxImageCount`, `untaggedExpiryDays`, `protectedTags` and `lifecycleRules`.",
  }),
  multiArchitecture: boolean()
    .default(false)
    .describe(
      "Say that the repository holds images for several architectures, so that synth can warn of rules that are risky for their parts.",
    ),
  enableCrossAccountAccess: boolean()
    .default(false)
    .describe("Allow the accounts of `allowedAccountIds` to pull."),
  allowedAccountIds: distinct(accountId(), "account")
    .default([])
    .describe("Ids of the other accounts that may pull."),
  enableLambdaPull: boolean()
    .default(false)
    .describe("Allow AWS Lambda to pull, for functions of this account and of `allowedAccountIds`."),
  allowedOrganizationIds: distinct(
    text(organizationIdSyntax.pattern, organizationIdSyntax.advice),
    "organization",
  )
    .default([])
    .describe(
      "Ids of AWS organizations whose accounts may pull, e.g. `o-a1b2c3d4e5`. The Lambda service belongs to none: functions of other accounts need `allowedAccountIds`.",
    ),
  allowedOrganizationPaths: distinct(
    text(organizationPathSyntax.pattern, organizationPathSyntax.advice),
    "path",
  )
    .default([])
    .describe(
      "Parts of organizations whose accounts may pull, e.g. `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*` for a unit and all below it.",
    ),
  pullRoleArns: roleArns().describe(
    "Roles that may pull. A role of the environment's own account gets an inline policy; one of another account needs a policy there too.",
  ),
  pushRoleArns: roleArns().describe(
    "Roles that may push and pull, granted in the same way as `pullRoleArns`.",
  ),
  ...replicationOptions,
  forceDelete: boolean()
    .default(false)
    .describe(
      "Delete the repository even when it still holds images. Terraform takes the value of the last deploy.",
    ),
  repositoryPolicyStatements: list(PolicyStatement)
    .default([])
    .describe("Further statements for the repository policy."),
}).describe("One ECR repository.");

export type RepositoryOptions = z.output<typeof RepositoryOptions>;

/** The same before validation. */
export type UncheckedRepository = Unchecked<RepositoryOptions>;
