import { z } from "zod";
import { list, nonEmpty, object, oneOf } from "../schema/fields";

/** Rules that the production tier adds. An entry of `productionExceptions` names one of them. */
export const productionRuleNames = [
  "immutable-tags",
  "customer-managed-kms",
  "scanning-on",
  "no-force-delete",
  "deletion-protection",
  "consumers-run-fixed-images",
  "recoverable-secrets",
  "nat-per-zone",
] as const;

export type ProductionRuleName = (typeof productionRuleNames)[number];

/** Names of the warnings. An entry of `acceptedWarnings` names one of them. */
export const warningNames = [
  "lifecycle-rule-matches-nothing",
  "lifecycle-rule-shadowed",
  "untagged-expiry-of-multi-architecture",
  "lambda-image-may-go",
  "organization-without-lambda",
  "image-in-use-may-go",
  "lambda-runs-a-tag",
  "cached-image-by-digest",
  "replicas-without-settings",
  "manual-scans-unavailable",
] as const;

export type WarningName = (typeof warningNames)[number];

const shortName = () => nonEmpty("this is the short name of a repository; write it as a string");

const reason = (advice: string) => z.string({ error: advice }).min(10, { error: advice });

/** Production rules that an environment sets aside. */
export const ProductionExceptions = list(
  object({
    rule: oneOf(productionRuleNames).describe("The production rule that is set aside."),
    repository: shortName().optional().meta({
      description: "The repository that it is set aside for, by short name.",
      defaultNote: "the whole environment",
    }),
    reason: reason("an exception says why; write a sentence").describe(
      "Why. Read by whoever reviews the file.",
    ),
  }).describe("One production rule that is set aside."),
)
  .default([])
  .describe("Production rules that this environment breaks on purpose.");

/** Warnings of synth that an environment accepts. */
export const AcceptedWarnings = list(
  object({
    warning: oneOf(warningNames).describe("The warning, as synth names it in brackets."),
    repository: shortName().optional().meta({
      description: "The repository that it is accepted for, by short name; an unmanaged one by full name.",
      defaultNote: "the whole environment",
    }),
    reason: reason("who accepts a warning says why; write a sentence").describe(
      "Why. Read by whoever reviews the file.",
    ),
  }).describe("One warning that is accepted."),
)
  .default([])
  .describe("Warnings of synth that are accepted, so that `npm run synth -- --strict` passes.");
