/** What can be configured for a repository, each as JSON. `null` means that there is none. */
export interface RepositorySettings {
  readonly imageTagMutability: string;
  readonly imageTagMutabilityExclusionFilters: readonly string[];
  readonly encryptionType: string;
  /** ARN of the key; `null` with AES256. */
  readonly kmsKey: string | null;
  readonly scanType: string;
  readonly scanFrequency: string;
  readonly lifecyclePolicy: object | null;
  readonly repositoryPolicy: object | null;
  /** As `account Region`. */
  readonly replicatedTo: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export type SettingName = keyof RepositorySettings;

/** In the order in which they are printed. */
export const settingNames: readonly SettingName[] = [
  "imageTagMutability",
  "imageTagMutabilityExclusionFilters",
  "encryptionType",
  "kmsKey",
  "scanType",
  "scanFrequency",
  "lifecyclePolicy",
  "repositoryPolicy",
  "replicatedTo",
  "tags",
];
