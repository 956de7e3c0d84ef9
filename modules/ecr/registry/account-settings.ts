/**
 * Names of ECR's account settings by the options of an environment file.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutAccountSetting.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/blob-mounting.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-account-settings.html
 */
export const accountSettingNames = {
  basicScanTypeVersion: "BASIC_SCAN_TYPE_VERSION",
  registryPolicyScope: "REGISTRY_POLICY_SCOPE",
  blobMounting: "BLOB_MOUNTING",
} as const;

/** An option of an environment file that is an account setting. */
export type AccountSettingOption = keyof typeof accountSettingNames;

/** Every option, in the order of the table above. */
export const accountSettingOptions = Object.keys(accountSettingNames) as AccountSettingOption[];
