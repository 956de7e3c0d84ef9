import { excludedPrincipalSyntax } from "../../modules/ecr/registry/pull-time-exclusions";
import { boolean, integer, object, oneOf } from "../../modules/values/fields";
import { distinct, keyArn, logRetention, mapOf, principalArn, region } from "../schema/fields";
import { AccountSettingOptions } from "./account-settings";
import { AlertOptions } from "./alerts";
import { CreationTemplateOptions } from "./creation-template";
import { PublicRepositoryOptions } from "./public-repository";
import { CacheOptions } from "./pull-through-cache";
import { UnmanagedRepositoryOptions } from "./registry";
import { RepositoryOptions } from "./repository";
import { sharedRegistryOptions } from "./shared-registry";
import { signingAdvice } from "./signing";

/** Greatest number of stacks that share the repositories. IAM patterns of pipelines have two digits for them. */
export const maxShards = 99;

/** ECR options of one environment. */
export const EcrOptions = object(
  {
    repositories: mapOf(RepositoryOptions)
      .default({})
      .describe(
        "Repositories by short name. Their names in ECR are `<project>-<environment>-<short name>`, unless `naming` or `name` changes them.",
      ),
    unmanagedRepositories: mapOf(UnmanagedRepositoryOptions)
      .default({})
      .describe(
        "Repositories in the same account and Region that are created elsewhere, by their full name in ECR. A registry has one scanning and one replication configuration for all repositories; these options define what it contains for each of these. Nothing else about them changes.",
      ),
    pullThroughCache: mapOf(CacheOptions)
      .default({})
      .describe(
        "Caches for other registries, by short name. To run a cached image, use `<name>/<path of the image>` as its repository.",
      ),
    publicRepositories: mapOf(PublicRepositoryOptions)
      .default({})
      .describe(
        "Repositories in the Amazon ECR Public Gallery, by short name. Their names are `<project>-<environment>-<short name>`, unless `naming` or `name` changes them. AWS keeps them in us-east-1, once for each account.",
      ),
    pullTimeExclusions: distinct(
      principalArn(excludedPrincipalSyntax.pattern, excludedPrincipalSyntax.advice),
      "principal",
    )
      .default([])
      .describe(
        "ARNs of roles and users, such as those of scanners, whose pulls do not count for lifecycle rules with `sinceImagePulled`. AWS keeps them once per account and Region. Requires AWS provider 6.28.0.",
      ),
    creationTemplates: mapOf(CreationTemplateOptions)
      .default({})
      .describe(
        "Repository creation templates by prefix, for repositories that ECR creates on replication or on a push: `team` covers `team/…`, and `ROOT` every repository without another template. AWS keeps them once per account and Region.",
      ),
    accountSettings: AccountSettingOptions.prefault({}),
    ...sharedRegistryOptions,
    stateShards: integer(
      2,
      maxShards,
      "repositories can be in 2 to 99 stacks; use a whole number, or remove the option",
    )
      .optional()
      .meta({
        description:
          "Number of stacks, `compute-<environment>-<number>`, that share the repositories, each with a state of its own. The consumers stay in `compute-<environment>`. Before you set or change it, see `npm run shards`.",
        defaultNote: "all repositories in `compute-<environment>`",
      }),
    encryptionType: oneOf(["AES256", "KMS", "KMS_DSSE"])
      .default("AES256")
      .describe(
        "Encryption of images. `KMS` uses the key of the security layer. `KMS_DSSE` is available only in the AWS GovCloud (US) Regions. Changing it replaces existing repositories.",
      ),
    kmsKeyArn: keyArn().optional().meta({
      description: "KMS key that encrypts the images, in the Region of the environment.",
      defaultNote: "with `KMS`, the key of the security layer",
    }),
    formerReplicaRegions: distinct(region(), "Region")
      .default([])
      .describe(
        "Regions of the account that repositories are no longer replicated to. Terraform needs a Region's provider to destroy the replicas and their key there: list the Region here until a deployment has destroyed them.",
      ),
    allowReplicaCreation: boolean()
      .default(false)
      .describe(
        "Whether other accounts of this project that replicate into the registry may also create the repositories that are missing (`ecr:CreateRepository`). ECR creates them with AES256 encryption, mutable tags and no policies. Without it, replication fails until a repository of the same name exists. It applies to the registry of the environment, and to those that have only replicas.",
      ),
    enableScanFindingsLogging: boolean()
      .default(false)
      .describe("Deliver scan findings to a CloudWatch log group."),
    logRetentionDays: logRetention()
      .default(30)
      .describe("Days to keep findings and pushes in their log groups."),
    alerts: AlertOptions.optional().meta({
      description: "Send a message to an SNS topic when a scan finds a severe vulnerability.",
      defaultNote: "no messages",
    }),
    enableDashboard: boolean()
      .default(false)
      .describe(
        "Create a CloudWatch dashboard with pulls, pushes, findings and API quota usage. Requires `enableScanFindingsLogging`.",
      ),
  },
  signingAdvice,
).describe("Container registry of the environment.");
