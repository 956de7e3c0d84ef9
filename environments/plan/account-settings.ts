import {
  type AccountSettingOption,
  accountSettingNames,
  accountSettingOptions,
} from "../../modules/ecr/registry/account-settings";
import type { Environment } from "./environment";

/** An account setting that environments of one registry request. */
export interface AccountSetting {
  readonly option: AccountSettingOption;
  /** Its name in AWS, e.g. `BLOB_MOUNTING`. */
  readonly name: string;
  /** Every request, in the order of the environments; at least one. */
  readonly requests: readonly { readonly file: string; readonly value: string }[];
}

/** The account settings that the environments of one registry request. */
export function accountSettingsOf(environments: readonly Environment[]): AccountSetting[] {
  return accountSettingOptions
    .map((option) => ({
      option,
      name: accountSettingNames[option],
      requests: environments.flatMap(({ file, ecr }) => {
        const value = ecr.accountSettings[option];
        return value === undefined ? [] : [{ file, value }];
      }),
    }))
    .filter(({ requests }) => requests.length > 0);
}

/** The value of each setting. Environments that share a registry request the same, which a rule checks. */
export function accountSettingValues(
  environments: readonly Environment[],
): Partial<Record<AccountSettingOption, string>> {
  return Object.fromEntries(
    accountSettingsOf(environments).map(({ option, requests }) => [option, requests[0]?.value]),
  );
}
