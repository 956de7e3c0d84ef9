import { sameValue } from "../../../modules/values/same-value";
import { type RepositorySettings, type SettingName, settingNames } from "./settings";

/** One setting, as the environment file and AWS have it. */
export interface ComparedSetting {
  readonly setting: SettingName;
  /** @default - the environment file says nothing about it */
  readonly declared?: unknown;
  /** @default - it could not be read */
  readonly actual?: unknown;
  readonly differs: boolean;
}

/** The settings side by side. One that only AWS has, or that could not be read, does not differ. */
export function compared(
  declared: Partial<RepositorySettings>,
  actual: Partial<RepositorySettings>,
): ComparedSetting[] {
  return settingNames
    .filter((setting) => setting in declared || setting in actual)
    .map((setting) => ({
      setting,
      ...(setting in declared && { declared: declared[setting] }),
      ...(setting in actual && { actual: actual[setting] }),
      differs:
        setting in declared &&
        setting in actual &&
        !sameValue(principals(declared[setting]), principals(actual[setting])),
    }));
}

/**
 * A policy with accounts in the form in which AWS returns them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function principals(value: unknown, isPrincipal = false): unknown {
  if (typeof value === "string")
    return isPrincipal ? value.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, "$1") : value;
  if (Array.isArray(value)) return value.map((one) => principals(one, isPrincipal));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, principals(one, isPrincipal || key === "Principal")]),
  );
}
