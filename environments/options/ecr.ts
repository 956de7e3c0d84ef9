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
} from "../../modules/ecr/tag-mutability";
import { repositoryRules } from "../rules/repository";
import { accountId, filled, flag, keyArn, list, named, oneOf, section, text, whole } from "../schema/fields";
import { type Candidate, withRule } from "../schema/rule";
import { AlertOptions } from "./alerts";
import { LifecycleRuleOptions } from "./lifecycle";
import { logRetention } from "./log-retention";
import { PolicyStatement } from "./policy-statement";
import { cacheOptions } from "./pull-through-cache";
import { replicationOptions, scanningOptions, UnmanagedRepositoryOptions } from "./registry";

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

const roleArns = () => list(text(roleArnSyntax.pattern, roleArnSyntax.advice)).default([]);

/** The shape of a repository's options, without the rules between them. */
export const RepositoryShape = section({
  imageTagMutability: oneOf(tagMutabilities)
    .default("MUTABLE")
    .describe(
      "Whether a pushed tag may be moved to another image. The two modes with exclusion need AWS provider 6.8.0.",
    ),
  imageTagMutabilityExclusionFilters: list(exclusionFilter)
    .max(maxExclusionFilters, {
      error: `a repository takes at most ${maxExclusionFilters} filters; combine some with *`,
    })
    .default([])
    .describe("Tags that the mode does not apply to; `*` stands for any text."),
  ...scanningOptions,
  maxImageCount: whole(1, 100_000, "a repository keeps 1 to 100000 images; write a whole number")
    .optional()
    .meta({
      description: "How many images to keep; older ones expire.",
      defaultNote: `\`${defaultMaxImageCount}\`, unless \`lifecyclePolicy\` or \`lifecycleRules\` is given`,
    }),
  untaggedExpiryDays: whole(1, 999_999_999, "this is a number of days; write a whole number from 1 on")
    .optional()
    .meta({
      description: "Days after which an image without a tag expires.",
      defaultNote: "only `maxImageCount` counts",
    }),
  protectedTags: list(filled("a pattern is text; write for example 'release-*'"))
    .default([])
    .describe("Images with a tag that matches one of these never expire; `*` stands for any text."),
  lifecycleRules: list(LifecycleRuleOptions)
    .default([])
    .describe("Lifecycle rules of your own. They act after `protectedTags` and before `maxImageCount`."),
  lifecyclePolicy: lifecyclePolicy.nullable().default(null).meta({
    description:
      "A whole lifecycle policy as JSON, instead of `maxImageCount`, `untaggedExpiryDays`, `protectedTags` and `lifecycleRules`.",
  }),
  multiArchitecture: flag()
    .default(false)
    .describe(
      "Say that the repository holds images for several architectures, so that synth can warn of rules that are risky for their parts.",
    ),
  enableCrossAccountAccess: flag()
    .default(false)
    .describe("Allow the accounts of `allowedAccountIds` to pull."),
  allowedAccountIds: list(accountId()).default([]).describe("Ids of the other accounts that may pull."),
  enableLambdaPull: flag()
    .default(false)
    .describe("Allow AWS Lambda to pull, for functions of this account and of `allowedAccountIds`."),
  allowedOrganizationIds: list(text(organizationIdSyntax.pattern, organizationIdSyntax.advice))
    .default([])
    .describe(
      "Ids of AWS organizations whose accounts may pull, e.g. `o-a1b2c3d4e5`. The Lambda service belongs to none: functions of other accounts need `allowedAccountIds`.",
    ),
  allowedOrganizationPaths: list(text(organizationPathSyntax.pattern, organizationPathSyntax.advice))
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
  forceDelete: flag()
    .default(false)
    .describe(
      "Delete the repository even when it still holds images. Terraform takes the value of the last deploy.",
    ),
  repositoryPolicyStatements: list(PolicyStatement)
    .default([])
    .describe("Further statements for the repository policy."),
});

/** Options of one repository: the rows of the option page. */
export const RepositoryOptions = withRule(RepositoryShape, repositoryRules).describe("One ECR repository.");

export type RepositoryOptions = z.output<typeof RepositoryOptions>;

/** The same before its shape is known to be right. */
export type RepositoryCandidate = Candidate<z.output<typeof RepositoryShape>>;

/** Everything about ECR in one environment. */
export const EcrOptions = section({
  repositories: named(RepositoryOptions)
    .default({})
    .describe("Repositories by short name. ECR knows them as `<project>-<environment>-<short name>`."),
  unmanagedRepositories: named(UnmanagedRepositoryOptions)
    .default({})
    .describe(
      "Repositories that are made elsewhere and live in the same account and Region, by their full name in ECR. AWS keeps one scanning and one replication configuration for all; here stands what it shall give to these. Nothing else about them changes.",
    ),
  pullThroughCache: named(cacheOptions(RepositoryShape.shape))
    .default({})
    .describe(
      "Caches before other registries, by short name. Their images are called `<name>/<path of the image>`.",
    ),
  encryptionType: oneOf(["AES256", "KMS", "KMS_DSSE"])
    .default("AES256")
    .describe(
      "How images are encrypted. `KMS` uses the key of the security layer. `KMS_DSSE` exists in the GovCloud Regions only. Cannot be changed for a repository that exists: Terraform would replace it.",
    ),
  kmsKeyArn: keyArn().optional().meta({
    description: "Key that encrypts the images, in the Region of the environment.",
    defaultNote: "with `KMS`, the key of the security layer",
  }),
  enableScanFindingsLogging: flag()
    .default(false)
    .describe("Deliver scan findings to a CloudWatch log group."),
  logRetentionDays: logRetention()
    .default(30)
    .describe("How many days findings and pushes are kept in their log groups."),
  alerts: AlertOptions.optional().meta({
    description: "Send a message to an SNS topic when a scan finds something severe.",
    defaultNote: "no messages",
  }),
  enableDashboard: flag()
    .default(false)
    .describe(
      "Show pulls, pushes, findings and the use of API quotas in a CloudWatch dashboard. Needs `enableScanFindingsLogging`.",
    ),
}).describe("Container registry of the environment.");
