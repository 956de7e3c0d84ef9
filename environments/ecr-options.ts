import { z } from "zod";
import { parseLifecyclePolicy } from "../modules/ecr/lifecycle-policy";
import { defaultMaxImageCount } from "../modules/ecr/lifecycle-presets";
import { exclusionFilterProblem, maxExclusionFilters, tagMutabilities } from "../modules/ecr/tag-mutability";
import { accountId, filled, flag, keyArn, list, named, oneOf, region, section, whole } from "./fields";
import { LifecycleRuleOptions } from "./lifecycle-options";
import { PolicyStatement } from "./policy-statement";
import { cacheOptions } from "./pull-through-cache-options";
import { repositoryRules } from "./repository-rules";
import { type Candidate, withRule } from "./rule";

/** Retention periods that CloudWatch Logs knows. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const retentionAdvice = `CloudWatch Logs keeps events for fixed periods; use one of ${retentionDays.join(", ")}`;

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

const destination = section({
  region: region().describe("Region that receives a copy of every image pushed from then on."),
  registryId: accountId()
    .optional()
    .meta({ description: "Account that receives the copy.", defaultNote: "the environment's own account" }),
}).describe("One place that images are replicated to.");

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
  scanOnPush: flag().default(true).describe("Scan images when they are pushed."),
  enableEnhancedScanning: flag()
    .default(false)
    .describe(
      "Scan with Amazon Inspector, which also looks at language packages, instead of ECR's basic scan.",
    ),
  scanFrequency: oneOf(["SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL"]).optional().meta({
    description:
      "When images are scanned. `CONTINUOUS_SCAN` needs `enableEnhancedScanning`; `MANUAL` needs `scanOnPush: false` without it.",
    defaultNote: '`"SCAN_ON_PUSH"`, or `"MANUAL"` with `scanOnPush: false`',
  }),
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
  enableReplication: flag().default(false).describe("Copy pushed images to `replicationDestinations`."),
  replicationDestinations: list(destination).default([]).describe("Where pushed images are copied to."),
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
  logRetentionDays: z
    .literal(retentionDays, { error: retentionAdvice })
    .default(30)
    .describe("How many days findings are kept."),
}).describe("Container registry of the environment.");
