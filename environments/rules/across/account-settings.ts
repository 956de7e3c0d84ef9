import { accountSettingsOf } from "../../plan/account-settings";
import type { RegistryPlan } from "../../plan/registry-plan";
import type { Problem } from "../../schema/problem";

/** Account settings that an environment requests with another value than an earlier one of the same registry. */
export function accountSettingConflicts(plan: RegistryPlan): Problem[] {
  return accountSettingsOf(plan).flatMap(({ name, requests: [first, ...others] }) =>
    others.flatMap(({ file, path, value }): Problem[] =>
      first === undefined || value === first.value
        ? []
        : [
            {
              file,
              path,
              found: value,
              advice: `a registry has one value of ${name}, and ${first.file} requests ${first.value} for the same account and Region; use the same value in both`,
            },
          ],
    ),
  );
}
