import { boolean, keyArn, logRetention, mapOf, object, oneOf } from "../schema/fields";
import { AlertOptions } from "./alerts";
import { CacheOptions } from "./pull-through-cache";
import { UnmanagedRepositoryOptions } from "./registry";
import { RepositoryOptions } from "./repository";

/** Everything about ECR in one environment. */
export const EcrOptions = object({
  repositories: mapOf(RepositoryOptions)
    .default({})
    .describe("Repositories by short name. ECR knows them as `<project>-<environment>-<short name>`."),
  unmanagedRepositories: mapOf(UnmanagedRepositoryOptions)
    .default({})
    .describe(
      "Repositories that are made elsewhere and live in the same account and Region, by their full name in ECR. AWS keeps one scanning and one replication configuration for all; here stands what it shall give to these. Nothing else about them changes.",
    ),
  pullThroughCache: mapOf(CacheOptions)
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
  enableScanFindingsLogging: boolean()
    .default(false)
    .describe("Deliver scan findings to a CloudWatch log group."),
  logRetentionDays: logRetention()
    .default(30)
    .describe("How many days findings and pushes are kept in their log groups."),
  alerts: AlertOptions.optional().meta({
    description: "Send a message to an SNS topic when a scan finds something severe.",
    defaultNote: "no messages",
  }),
  enableDashboard: boolean()
    .default(false)
    .describe(
      "Show pulls, pushes, findings and the use of API quotas in a CloudWatch dashboard. Needs `enableScanFindingsLogging`.",
    ),
}).describe("Container registry of the environment.");
