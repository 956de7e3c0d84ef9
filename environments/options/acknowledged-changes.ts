import { z } from "zod";
import { list, object, oneOf, text } from "../../modules/values/fields";
import { reason } from "./reason";

/** Names of the gates of a review, the most serious first. An acknowledgement names one of them. */
export const gateNames = [
  "repository-loss",
  "replica-loss",
  "key-loss",
  "bucket-loss",
  "file-system-loss",
  "secret-loss",
  "registry-loss",
  "forgotten",
  "public-access",
  "outside-access",
  "trust",
  "unreadable-policy",
  "permissions-boundary",
  "network-exposure",
  "encryption",
  "tag-mutability",
  "image-retention",
  "log-retention",
  "versioning",
  "permission",
  "scanning",
  "deletion-window",
  "key-rotation",
  "deletion-guard",
  "rollout",
  "audit",
  "registry-settings",
  "access-loss",
  "destruction",
  "stack-settings",
  "abandoned-stack",
] as const;

export type GateName = (typeof gateNames)[number];

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. */
export function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
  );
}

const dayAdvice =
  "a date has the form YYYY-MM-DD and is a day of the calendar; use a date such as 2027-01-31";

/** Changes that a gate would block, and that reviewers of the file accept until a day. */
export const AcknowledgedChanges = list(
  object({
    gate: oneOf(gateNames).describe("Name of the gate, which the review prints."),
    address: text(
      /^\S{1,512}$/,
      "this must be the Terraform address that the review prints; use an address such as aws_ecr_repository.web-app",
    ).describe("Terraform address of the resource, as the review prints it."),
    reason: reason("an acknowledged change needs a reason; write a sentence").describe(
      "Reason, for reviewers of the file.",
    ),
    expires: z
      .string({ error: dayAdvice })
      .refine(isDay, { error: dayAdvice })
      .describe("Last day on which the entry is valid, in UTC, as `YYYY-MM-DD`."),
  }).describe("One acknowledged change."),
)
  .default([])
  .describe(
    "Changes that a gate of the review would block, accepted until a day: see [gates](gates.md). Synth does not read the dates.",
  );
