import { object, oneOf } from "../../modules/values/fields";

const unset = "the registry's setting stays as it is";

/** Account settings of ECR: options by the names that `modules/ecr/registry/account-settings.ts` translates. */
export const AccountSettingOptions = object({
  basicScanTypeVersion: oneOf(["AWS_NATIVE"]).optional().meta({
    description:
      "Version of basic scanning, `BASIC_SCAN_TYPE_VERSION`. `CLAIR`, the older version, ended on 2 February 2026.",
    defaultNote: unset,
  }),
  registryPolicyScope: oneOf(["V2"]).optional().meta({
    description:
      "Actions that the registry policy applies to, `REGISTRY_POLICY_SCOPE`. With `V2`, every ECR action, at each request. With `V1`, which AWS no longer accepts as a new value, only replication, imports into pull-through caches and the creation of repositories.",
    defaultNote: unset,
  }),
  blobMounting: oneOf(["ENABLED", "DISABLED"]).optional().meta({
    description:
      "Whether repositories of the registry share layers, `BLOB_MOUNTING`: a client that pushes can use a layer of another repository with the same encryption that it may pull from. Requires AWS provider 6.29.0.",
    defaultNote: unset,
  }),
}).describe(
  "Account settings of ECR, which AWS keeps once per account and Region. Removing one leaves the setting as it is, because AWS has no call to delete it.",
);
