import { z } from "zod";
import { roleOrUserArnPattern } from "../../modules/iam/principal-arn";
import { bucketNameProblem } from "../../modules/state/bucket-name";
import { boolean, integer, object, oneOf, text } from "../../modules/values/fields";
import {
  accountId,
  distinct,
  isReservedName,
  keyArn,
  mapOf,
  principalArn,
  region,
  reservedNameAdvice,
} from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { AcknowledgedChanges } from "./acknowledged-changes";
import { AssumedRole } from "./assumed-role";
import { CiOptions } from "./ci";
import { consumerOptions } from "./consumers";
import { EcrOptions } from "./ecr";
import { AcceptedWarnings, ProductionExceptions } from "./exceptions";
import { ImageGateOptions } from "./image-gate";
import { NamingOptions } from "./naming";
import { NetworkOptions } from "./network";
import { SecretOptions } from "./secrets";
import { EnvironmentTags, TagNames } from "./tags";
import { tiers } from "./tier";

const bucketName = z
  .string({ error: "this must be the name of an S3 bucket; use a string" })
  .superRefine((name, context) => {
    const message = bucketNameProblem(name);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

const administratorArn = principalArn(
  roleOrUserArnPattern,
  "this must be the ARN of an IAM role or user, without empty parts in its path; use arn:aws:iam::<account>:role/<name>",
);

const s3State = object({
  backend: z.literal("s3").describe("An S3 bucket that everyone who deploys shares."),
  bucket: bucketName.describe("Bucket that stores the state of every stack in the environment."),
  region: region().optional().meta({
    description: "Region of the bucket.",
    defaultNote: "the environment's Region",
  }),
  accountId: accountId().optional().meta({
    description:
      "Account of the bucket, e.g. a central one. The bootstrap stack then belongs to it, and the bucket policy lets each environment in another account access its own states. If the environment has a `deployRole`, only that role has access.",
    defaultNote: "the environment's account",
  }),
  role: AssumedRole.optional().meta({
    description:
      "Role in the bucket's account with which Terraform reads and writes states. Its IAM policies say which; the bucket's policy then says nothing of the environment.",
    defaultNote: "`deployRole`, or your own credentials",
  }),
  kmsKeyArn: keyArn().optional().meta({
    description: "KMS key that encrypts the state.",
    defaultNote: "SSE-S3 encryption",
  }),
  keyPrefix: text(
    /^(?:(?!\.{1,2}\/)[\w.-]+\/)*(?!\.{1,2}$)[\w.-]+$/,
    "a prefix has letters, digits and ._-/, does not start or end with a slash, and has no part that is . or ..; use a prefix such as teams/platform",
  )
    .optional()
    .meta({
      description: "Prefix of every state key in the bucket.",
      defaultNote: "`project`",
    }),
  createBucket: boolean()
    .default(true)
    .describe(
      "Whether `bootstrap-<environment>` creates the bucket. Set it to `false` if the bucket exists or another environment creates it.",
    ),
});

const localState = object({
  backend: z.literal("local").describe("Files in `.terraform-state/`, for trials on one machine."),
});

/** Name of an environment, e.g. `dev`. */
export const environmentNamePattern = /^(?=.{1,20}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Every option of an environment file. */
export const EnvironmentOptions = object({
  name: text(
    environmentNamePattern,
    "an environment name has 1 to 20 lowercase letters and digits, with single hyphens between them; use a name such as dev",
  )
    .refine((name) => !isReservedName(name), { error: reservedNameAdvice })
    .describe("Name of the environment. Its file is `environments/<name>.ts`."),
  project: text(
    /^(?=.{1,30}$)(?!sg(?:-|$))[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    "a project name has 1 to 30 lowercase letters and digits, with single hyphens between them, and does not start with sg-, which AWS rejects in security group names; use a name such as myproject",
  ).describe(
    "Name of the project, the first part of every resource name, except the names of repositories that `naming` or `name` changes.",
  ),
  accountId: accountId().describe(
    "AWS account of the environment. Terraform refuses to deploy to any other account.",
  ),
  region: region().describe("AWS Region of the environment."),
  deployRole: AssumedRole.optional().meta({
    description:
      "Role in the account that Terraform assumes to deploy, and that the commands assume if your credentials belong to another account.",
    defaultNote: "your own credentials, which must belong to the account",
  }),
  tier: oneOf(tiers).describe(
    "`production` enforces the production rules and protects stateful resources from deletion.",
  ),
  deletionProtection: boolean().optional().meta({
    description:
      "Whether keys, secrets and repositories are protected from deletion. Terraform refuses to destroy or replace them (`prevent_destroy`). `npm run deploy` also refuses a plan that would delete one because it was removed from the file, which `prevent_destroy` does not cover. With `npx cdktf deploy`, a removed repository is protected only because ECR does not delete a repository that contains images.",
    defaultNote: "`true` in the production tier, `false` otherwise",
  }),
  state: z
    .discriminatedUnion("backend", [s3State, localState], {
      error: 'this must be a state backend; use { backend: "s3", bucket } or { backend: "local" }',
    })
    .describe("Where Terraform stores its state."),
  naming: NamingOptions,
  tags: EnvironmentTags,
  tagNames: TagNames,
  security: object({
    kms: object({
      rotationPeriodInDays: integer(
        90,
        2560,
        "KMS accepts rotation periods of 90 to 2560 days; use a whole number",
      )
        .default(365)
        .describe("Days between rotations of the key material."),
      deletionWindowInDays: integer(
        7,
        30,
        "KMS accepts deletion waiting periods of 7 to 30 days; use a whole number",
      )
        .default(30)
        .describe("Waiting period in days, during which the deletion of a key can be canceled."),
      administrators: distinct(administratorArn, "administrator").default([]).meta({
        description:
          "Roles and users that may manage the keys. Every principal with the IAM permissions may read the key configuration. Include the principal that deploys, or KMS rejects the key policy; with `security.ci.deploy`, that is `<project>-<environment>-ci-deploy`.",
        defaultNote: "principals that the account's IAM policies allow",
      }),
    })
      .prefault({})
      .describe("KMS keys that encrypt images, logs and secrets."),
    secrets: mapOf(SecretOptions)
      .default({})
      .describe("Secrets by name. This file never contains their values."),
    ci: CiOptions.optional().meta({ defaultNote: "no pipeline roles" }),
    signingProfile: boolean()
      .default(false)
      .describe(
        "Whether the security layer has a signing profile of AWS Signer for images, `<project>_<environment>_images`. Push roles may sign with it if `imageGate` requires a signature of images in one of their repositories. ECR signs nothing by itself.",
      ),
  })
    .prefault({})
    .describe("Settings of the security layer."),
  ecr: EcrOptions.prefault({}),
  network: NetworkOptions.optional().meta({ defaultNote: "no network layer" }),
  ...consumerOptions,
  imageGate: ImageGateOptions.optional().meta({ defaultNote: "no gate" }),
  productionExceptions: ProductionExceptions,
  acceptedWarnings: AcceptedWarnings,
  acknowledgedChanges: AcknowledgedChanges,
});

/** The options as an environment file contains them. */
export type EnvironmentInput = z.input<typeof EnvironmentOptions>;

/** The options after validation, with every default filled in. */
export type EnvironmentOutput = z.output<typeof EnvironmentOptions>;

/** The options before validation. */
export type UncheckedEnvironment = Unchecked<EnvironmentOutput>;
