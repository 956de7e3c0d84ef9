import {
  type AccountSettingOption,
  accountSettingNames,
  accountSettingOptions,
} from "../../modules/ecr/registry/account-settings";
import { includedRequests } from "./included-requests";
import type { RegistryPlan } from "./registry-plan";

/** An account setting that environments of one registry request. */
export interface AccountSetting {
  readonly option: AccountSettingOption;
  /** Its name in AWS, e.g. `BLOB_MOUNTING`. */
  readonly name: string;
  /** Every request, in the order of the environments; at least one. */
  readonly requests: readonly SettingRequest[];
}

interface SettingRequest {
  readonly file: string;
  /** Where the file has it, e.g. `["ecr", "accountSettings", "blobMounting"]`. */
  readonly path: readonly PropertyKey[];
  readonly value: string;
}

/** The account settings that the environments of one registry request, and the other projects whose requests they include. */
export function accountSettingsOf(plan: RegistryPlan): AccountSetting[] {
  const requesting = [
    ...plan.environments.map(({ file, ecr }) => ({ file, path: ["ecr"], settings: ecr.accountSettings })),
    ...includedRequests(plan).map(({ environment: { file }, index, requests }) => ({
      file,
      path: ["ecr", "registryRequests", index],
      settings: requests.accountSettings,
    })),
  ];
  return accountSettingOptions
    .map((option) => ({
      option,
      name: accountSettingNames[option],
      requests: requesting.flatMap(({ file, path, settings }): SettingRequest[] => {
        const value = settings[option];
        return value === undefined ? [] : [{ file, path: [...path, "accountSettings", option], value }];
      }),
    }))
    .filter(({ requests }) => requests.length > 0);
}

/** The value of each setting. Environments that share a registry request the same, which a rule checks. */
export function accountSettingValues(plan: RegistryPlan): Partial<Record<AccountSettingOption, string>> {
  return Object.fromEntries(
    accountSettingsOf(plan).map(({ option, requests }) => [option, requests[0]?.value]),
  );
}
