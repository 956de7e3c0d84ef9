import { z } from "zod";
import { severities } from "../../modules/ecr/monitoring/finding-message";
import { imageDigestSyntax } from "../../modules/ecr/repository/image-reference";
import { boolean, integer, list, object, oneOf, text } from "../../modules/values/fields";
import { accountId, distinct, mapOf } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { isDay } from "./acknowledged-changes";
import { reason } from "./reason";

/** What the gate checks, and what an exception can set aside. */
export const gateChecks = ["findings", "scan", "signature", "age", "architecture"] as const;

export type GateCheck = (typeof gateChecks)[number];

const severity = () => oneOf(severities);
const age = () => integer(1, 3650, "an image can be 1 to 3650 days old; use a whole number");

const dayAdvice =
  "a date has the form YYYY-MM-DD and is a day of the calendar; use a date such as 2027-01-31";

const RepositoryGate = object({
  severity: severity().optional().meta({
    description: "The mildest severity of findings that refuses its images.",
    defaultNote: "`imageGate.severity`",
  }),
  maxAgeDays: age().optional().meta({
    description: "Maximum number of days since its images were pushed.",
    defaultNote: "`imageGate.maxAgeDays`",
  }),
  requireSignature: boolean().optional().meta({
    description: "Whether the repository must have a signature of its images.",
    defaultNote: "`imageGate.requireSignature`",
  }),
  requireArchitecture: boolean().optional().meta({
    description: "Whether its images must be for the architecture of each consumer.",
    defaultNote: "`imageGate.requireArchitecture`",
  }),
}).describe("What differs for the images of one repository.");

const GateException = object({
  digest: text(imageDigestSyntax.pattern, imageDigestSyntax.advice).describe(
    "Digest of the image, or of one platform's image in its manifest list.",
  ),
  check: oneOf(gateChecks).describe("Check that the gate skips for this digest."),
  finding: text(/^\S{1,128}$/, "this must be the ID of a vulnerability; use an ID such as CVE-2024-3094")
    .optional()
    .meta({
      description: 'With `check: "findings"`, the ID of the only finding that does not count.',
      defaultNote: "all findings",
    }),
  reason: reason("an exception from the gate needs a reason; write a sentence").describe(
    "Reason, for reviewers of the file.",
  ),
  expires: z
    .string({ error: dayAdvice })
    .refine(isDay, { error: dayAdvice })
    .describe("Last day on which the exception is valid, in UTC, as `YYYY-MM-DD`."),
}).describe("One exception from the gate.");

/** What an image must be before an environment runs it. */
export const ImageGateOptions = object({
  severity: severity().optional().meta({
    description:
      "The mildest severity of findings that refuses an image. An image whose scan is not done is refused too.",
    defaultNote: "scans are not checked",
  }),
  maxAgeDays: age().optional().meta({
    description: "Maximum number of days since the image was pushed to its repository.",
    defaultNote: "images of any age",
  }),
  requireSignature: boolean()
    .default(false)
    .describe(
      "Whether the repository must have a signature of the image: one of the Notary Project, e.g. by AWS Signer, or of cosign. The gate does not verify it. Push roles may sign with the profile of `security.signingProfile`.",
    ),
  requireArchitecture: boolean()
    .default(true)
    .describe(
      "Whether the image must be for the architecture of each consumer, according to its manifest list or its configuration.",
    ),
  repositories: mapOf(RepositoryGate)
    .default({})
    .describe(
      "What differs for images of one repository, by its short name, or for a cached image by `<name>/<path of the image>`.",
    ),
  uncheckedAccounts: distinct(accountId(), "account")
    .default([])
    .describe(
      "Other accounts whose images consumers may run unchecked: the gate cannot read scans, signatures and dates of their registries.",
    ),
  exceptions: list(GateException)
    .default([])
    .describe(
      "Images that the gate accepts until a day. Synth does not read the dates; the gate reports exceptions that have expired or have no effect.",
    ),
}).describe("What an image must be before `npm run deploy` and the commands of pipelines run it.");

export type ImageGateOptions = z.output<typeof ImageGateOptions>;

export type GateException = ImageGateOptions["exceptions"][number];

/** The options before validation. */
export type UncheckedImageGate = Unchecked<ImageGateOptions>;
