import { list, nonEmpty, object, oneOf } from "../../modules/values/fields";
import { reason } from "./reason";

/** Names of the production rules. An entry of `productionExceptions` names one of them. */
export const productionRuleNames = [
  "immutable-tags",
  "customer-managed-kms",
  "scanning-on",
  "no-force-delete",
  "deletion-protection",
  "consumers-run-fixed-images",
  "recoverable-secrets",
  "nat-per-zone",
  "no-public-access",
  "no-foreign-push",
  "no-exec",
] as const;

export type ProductionRuleName = (typeof productionRuleNames)[number];

/** Names of the warnings. An entry of `acceptedWarnings` names one of them. */
export const warningNames = [
  "lifecycle-rule-matches-nothing",
  "lifecycle-rule-needs-several-tags",
  "lifecycle-rule-shadowed",
  "untagged-expiry-of-multi-architecture",
  "lambda-image-may-go",
  "organization-without-lambda",
  "image-in-use-may-go",
  "lambda-runs-a-tag",
  "cached-image-by-digest",
  "replicas-without-settings",
  "replica-without-archiving",
  "replication-policy-elsewhere",
  "replicas-not-created",
  "manual-scans-unavailable",
  "gate-needs-scans",
  "public-access",
  "foreign-push",
  "service-without-source",
  "policy-without-effect",
  "policy-unverified",
  "trust-policy-over-default-quota",
  "bucket-tags-in-partition",
  "bucket-tags-refused",
  "kubernetes-version-support",
  "catalog-data-not-shown",
  "root-cache-covers-registry",
  "no-lifecycle-policy",
  "scanning-covers-others",
  "health-checks-do-not-fit",
  "slow-rollout",
  "exec-without-init-process",
  "spot-unfit",
] as const;

export type WarningName = (typeof warningNames)[number];

const shortName = () => nonEmpty("this must be the short name of a repository; use a string");

/** Exceptions from production rules. */
export const ProductionExceptions = list(
  object({
    rule: oneOf(productionRuleNames).describe("Production rule that the exception is from."),
    repository: shortName().optional().meta({
      description: "Short name of the repository that the exception applies to.",
      defaultNote: "the whole environment",
    }),
    reason: reason("an exception needs a reason; write a sentence").describe(
      "Reason, for reviewers of the file.",
    ),
  }).describe("One exception from a production rule."),
)
  .default([])
  .describe("Exceptions from production rules, for intended deviations.");

/** Warnings from synth that an environment accepts. */
export const AcceptedWarnings = list(
  object({
    warning: oneOf(warningNames).describe("Name of the warning, which synth prints in brackets."),
    repository: shortName().optional().meta({
      description:
        "Short name of the repository that the warning is accepted for, or full name of an unmanaged repository.",
      defaultNote: "the whole environment",
    }),
    reason: reason("an accepted warning needs a reason; write a sentence").describe(
      "Reason, for reviewers of the file.",
    ),
  }).describe("One accepted warning."),
)
  .default([])
  .describe("Accepted warnings from synth. They do not fail `npm run synth -- --strict`.");
