import { AccountSettingOptions } from "../../../environments/options/account-settings";
import { accountSettingNames, accountSettingOptions } from "../../../modules/ecr/registry/account-settings";
import type { EcrInput } from "../environment-input";
import type { Note } from "../note";

/** Values that a registry has if nobody sets them, and whose option needs a later provider for nothing. */
const defaults: Readonly<Record<string, string>> = { BLOB_MOUNTING: "DISABLED" };

/** The account settings that an environment file can request. Of the others, a note says that they stay. */
export function settingsIn(
  found: Readonly<Record<string, string>>,
  notes: Note[],
): NonNullable<EcrInput["accountSettings"]> {
  const known = accountSettingOptions.map((option) => [option, accountSettingNames[option]] as const);
  const entries = Object.entries(found).flatMap(([name, value]): [string, string][] => {
    const option = known.find(([, one]) => one === name)?.[0];
    if (defaults[name] === value) return [];
    if (option !== undefined && AccountSettingOptions.safeParse({ [option]: value }).success)
      return [[option, value]];
    notes.push({
      ...{ kind: "loss", subject: `account setting ${name}`, found: value },
      text: "no option has this value, so the setting stays as it is",
    });
    return [];
  });
  return Object.fromEntries(entries);
}
