import { EcrAccountSetting } from "@cdktf/provider-aws/lib/ecr-account-setting";
import { Construct } from "constructs";
import { type AccountSettingOption, accountSettingNames, accountSettingOptions } from "./account-settings";

/** Addresses of everything in this module, in a stack whose construct `account_settings` it is. */
export const accountSettingAddresses: readonly string[] = Object.values(accountSettingNames).map(
  (name) => `aws_ecr_account_setting.${name.toLowerCase()}`,
);

export interface AccountSettingsModuleProps {
  /** Values of the settings to set. All others stay as they are. */
  readonly values: Readonly<Partial<Record<AccountSettingOption, string>>>;
}

/**
 * Account settings of ECR. Only one stack of an account and Region may contain this module. Destroying it changes
 * nothing: AWS has no call to delete a setting.
 *
 * `BLOB_MOUNTING` needs AWS provider 6.29.0.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutAccountSetting.html
 */
export class AccountSettingsModule extends Construct {
  constructor(scope: Construct, id: string, { values }: AccountSettingsModuleProps) {
    super(scope, id);
    for (const option of accountSettingOptions) {
      const name = accountSettingNames[option];
      const value = values[option];
      if (value !== undefined) new EcrAccountSetting(this, name.toLowerCase(), { name, value });
    }
  }
}
