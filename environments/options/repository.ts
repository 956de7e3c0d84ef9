import { z } from "zod";
import {
  organizationIdSyntax,
  organizationPathSyntax,
  roleArnSyntax,
} from "../../modules/ecr/access/grantee-syntax";
import { existingNameProblem } from "../../modules/ecr/repository/repository-name";
import {
  exclusionFilterProblem,
  maxExclusionFilters,
  tagMutabilities,
} from "../../modules/ecr/repository/tag-mutability";
import { boolean, list, object, oneOf, text } from "../../modules/values/fields";
import { accountId, distinct, fullName, principalArn } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { lifecycleOptions } from "./lifecycle";
import { PolicyStatement } from "./policy-statement";
import { replicationOptions, scanningOptions } from "./registry";
import { renamedFrom } from "./renamed-from";
import { signingAdvice } from "./signing";
import { RepositoryTags } from "./tags";

const exclusionFilter = z
  .string({ error: "a filter is a string; use a pattern such as 'dev-*'" })
  .superRefine((filter, context) => {
    const problem = exclusionFilterProblem(filter);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

/** The rules read the policy, whose problems depend on the Region. */
const repositoryPolicy = z.custom<string | object | null>(
  (policy) => typeof policy === "string" || typeof policy === "object",
  {
    error:
      'this must be a policy, as a JSON string or as an object; use { Version: "2012-10-17", Statement: [ … ] }',
    // By default, zod would not run the rules between options, and so hide every other problem of the file.
    abort: false,
  },
);

const roleArns = () =>
  distinct(principalArn(roleArnSyntax.pattern, roleArnSyntax.advice), "role").default([]);

/** Options of one repository. */
export const RepositoryOptions = object(
  {
    imageTagMutability: oneOf(tagMutabilities)
      .default("MUTABLE")
      .describe(
        "Whether a tag can be overwritten. The two `_WITH_EXCLUSION` modes require AWS provider 6.8.0.",
      ),
    imageTagMutabilityExclusionFilters: distinct(exclusionFilter, "filter")
      .max(maxExclusionFilters, {
        error: `ECR allows at most ${maxExclusionFilters} filters in a repository; combine some with *`,
      })
      .default([])
      .describe("Tags that the mode does not apply to; `*` matches any text."),
    ...scanningOptions,
    ...lifecycleOptions,
    multiArchitecture: boolean()
      .default(false)
      .describe(
        "Whether the repository contains multi-architecture images. If so, synth warns about lifecycle rules that could expire their platform images.",
      ),
    enableCrossAccountAccess: boolean()
      .default(false)
      .describe("Allow the accounts of `allowedAccountIds` to pull."),
    allowedAccountIds: distinct(accountId(), "account")
      .default([])
      .describe("IDs of other accounts that may pull."),
    enableLambdaPull: boolean()
      .default(false)
      .describe("Allow AWS Lambda to pull, for functions in this account and in `allowedAccountIds`."),
    allowedOrganizationIds: distinct(
      text(organizationIdSyntax.pattern, organizationIdSyntax.advice),
      "organization",
    )
      .default([])
      .describe(
        "IDs of AWS organizations whose accounts may pull, e.g. `o-a1b2c3d4e5`. This does not include the Lambda service: functions in other accounts need `allowedAccountIds`.",
      ),
    allowedOrganizationPaths: distinct(
      text(organizationPathSyntax.pattern, organizationPathSyntax.advice),
      "path",
    )
      .default([])
      .describe(
        "Organization paths whose accounts may pull, e.g. `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*` for an organizational unit (OU) and all OUs below it.",
      ),
    pullRoleArns: roleArns().describe(
      "Roles that may pull. A role in the environment's account gets an inline policy; a role in another account also needs a policy there.",
    ),
    pushRoleArns: roleArns().describe(
      "Roles that may push and pull, with access granted in the same way as for `pullRoleArns`.",
    ),
    ...replicationOptions,
    name: fullName(existingNameProblem).meta({
      description:
        "Full name in ECR, such as `team/app`, instead of what `naming` makes of the short name. Changing it replaces the repository.",
      defaultNote: "`naming.repository` with the short name",
    }),
    renamedFrom: renamedFrom(),
    tags: RepositoryTags,
    ignoreTagChanges: boolean()
      .default(false)
      .describe(
        "Leave the tags of the repository and its replicas as they are in AWS, those of the environment too. Only a repository that Terraform creates gets tags.",
      ),
    forceDelete: boolean()
      .default(false)
      .describe(
        "Delete the repository even if it contains images. Terraform uses the value of the last deployment.",
      ),
    repositoryPolicyStatements: list(PolicyStatement)
      .default([])
      .describe("Additional statements for the repository policy."),
    repositoryPolicy: repositoryPolicy.default(null).meta({
      type: ["string", "object", "null"],
      description:
        "Additional statements as a complete policy in IAM's JSON, as a text or as an object. They are added to what the other options grant.",
    }),
  },
  signingAdvice,
).describe("One ECR repository.");

export type RepositoryOptions = z.output<typeof RepositoryOptions>;

/** The options before validation. */
export type UncheckedRepository = Unchecked<RepositoryOptions>;
