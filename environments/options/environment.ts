import { z } from "zod";
import { reservedTags } from "../naming";
import {
  accountId,
  boolean,
  integer,
  keyArn,
  list,
  mapOf,
  object,
  oneOf,
  region,
  text,
} from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { CiOptions } from "./ci";
import { consumerOptions } from "./consumers";
import { EcrOptions } from "./ecr";
import { AcceptedWarnings, ProductionExceptions } from "./exceptions";
import { NetworkOptions } from "./network";
import { SecretOptions } from "./secrets";

const bucketName = text(
  /^(?!xn--)(?!.*-s3alias$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  "an S3 bucket name has 3 to 63 lower-case letters, digits and hyphens; choose one that is unique in the world, for example with the account id in it",
);

const administratorArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
  "this must be the ARN of an IAM role or user; write arn:aws:iam::<account>:role/<name>",
);

const tagKeyAdvice =
  "a tag key has 1 to 128 letters, digits, spaces and _.:/=+-@ and does not start with aws:; rename it";

const s3State = object({
  backend: z.literal("s3").describe("An S3 bucket, which everyone who deploys shares."),
  bucket: bucketName.describe("Bucket that holds the state of every stack of the environment."),
  region: region().optional().meta({
    description: "Region of the bucket.",
    defaultNote: "the environment's region",
  }),
  kmsKeyArn: keyArn().optional().meta({
    description: "Key that encrypts the state.",
    defaultNote: "encrypted by S3 (SSE-S3)",
  }),
  keyPrefix: text(
    /^[\w.-]+(?:\/[\w.-]+)*$/,
    "a prefix has letters, digits and ._-/ and no slash at the ends; write for example teams/platform",
  )
    .optional()
    .meta({
      description: "Start of every state key in the bucket.",
      defaultNote: "the project",
    }),
  createBucket: boolean()
    .default(true)
    .describe(
      "Whether `bootstrap-<environment>` makes the bucket. Write false when it exists already or another environment makes it.",
    ),
});

const localState = object({
  backend: z.literal("local").describe("Files below `.terraform-state/`, for trials on one machine."),
});

/** Name of an environment, e.g. `dev`. */
export const environmentNamePattern = /^(?=.{1,20}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Every option of an environment file. */
export const EnvironmentOptions = object({
  name: text(
    environmentNamePattern,
    "an environment name has 1 to 20 lower-case letters and digits, with single hyphens between them; write for example dev",
  ).describe("Name of the environment. The file is called `environments/<name>.ts`."),
  project: text(
    /^(?=.{1,30}$)(?!sg(?:-|$))[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    "a project name has 1 to 30 lower-case letters and digits, with single hyphens between them, and does not begin with sg-, which AWS refuses in names of security groups; write for example myproject",
  ).describe("Name of the project, the first part of every name."),
  accountId: accountId().describe("AWS account of the environment. Any other account is refused at deploy."),
  region: region().describe("AWS Region of the environment."),
  tier: oneOf(["development", "production"]).describe(
    "`production` turns on the rules for production and protects stateful resources from deletion.",
  ),
  deletionProtection: boolean().optional().meta({
    description:
      "Whether keys, secrets and repositories are protected: Terraform refuses to destroy or replace them (`prevent_destroy`), and `npm run deploy` also refuses a plan that would, e.g. because a repository was taken out of the file, which `prevent_destroy` does not cover. With `npx cdktf deploy` such a repository is protected only by ECR's refusal to delete what still holds images.",
    defaultNote: "`true` in the production tier, `false` otherwise",
  }),
  state: z
    .discriminatedUnion("backend", [s3State, localState], {
      error:
        'this says where Terraform keeps its state; write { backend: "s3", bucket } or { backend: "local" }',
    })
    .describe("Where Terraform keeps its state."),
  tags: z
    .record(
      text(/^(?!aws:)[\p{L}\p{N}\s_.:/=+@-]{1,128}$/u, tagKeyAdvice),
      text(
        /^[\p{L}\p{N}\s_.:/=+@-]{0,256}$/u,
        "a tag value is a string of up to 256 letters, digits, spaces and _.:/=+-@; rewrite it",
      ),
      {
        error: ({ code }) =>
          code === "invalid_key" ? tagKeyAdvice : 'tags are names and values; write { CostCenter: "1234" }',
      },
    )
    .default({})
    .describe(`Tags of every resource, besides ${reservedTags.join(", ")}.`),
  security: object({
    kms: object({
      rotationPeriodInDays: integer(90, 2560, "KMS rotates a key every 90 to 2560 days; write a whole number")
        .default(365)
        .describe("Days between two rotations of the key material."),
      deletionWindowInDays: integer(
        7,
        30,
        "KMS waits 7 to 30 days before it deletes a key; write a whole number",
      )
        .default(30)
        .describe("Days in which the deletion of a key can be cancelled."),
      administrators: list(administratorArn).default([]).meta({
        description:
          "Roles and users that may manage the keys; everyone whom IAM allows may read how they are set up. Who deploys must be among them, or AWS refuses the policy; with `security.ci.deploy` that is `<project>-<environment>-ci-deploy`.",
        defaultNote: "whoever the account's IAM policies allow",
      }),
    })
      .prefault({})
      .describe("The keys that encrypt images, logs and secrets."),
    secrets: mapOf(SecretOptions).default({}).describe("Secrets by name. Values are never in this file."),
    ci: CiOptions.optional().meta({ defaultNote: "no role for pipelines" }),
  })
    .prefault({})
    .describe("Settings of the security layer."),
  ecr: EcrOptions.prefault({}),
  network: NetworkOptions.optional().meta({ defaultNote: "no network layer" }),
  ...consumerOptions,
  productionExceptions: ProductionExceptions,
  acceptedWarnings: AcceptedWarnings,
});

/** What an environment file holds, for the editor. */
export type EnvironmentInput = z.input<typeof EnvironmentOptions>;

/** The options after validation, with every default filled in. */
export type EnvironmentOutput = z.output<typeof EnvironmentOptions>;

/** The same before validation. */
export type UncheckedEnvironment = Unchecked<EnvironmentOutput>;
