import { valueAt } from "../../../modules/values/value-at";
import { attributeChange, isUnknown } from "../terraform-plan";
import type { WeakeningRule } from "../weakening";
import { changesInPlace, turnedOff } from "../weaker-attribute";
import type { Gate } from "./gate";

const period = ["rotation_period_in_days"];

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
export const keyRotation: Gate = {
  severity: "risky",
  stops: "KMS rotates a key less often, or not at all",
  rules: {
    aws_kms_key: [turnedOff(["enable_key_rotation"], "KMS no longer rotates the key"), rotatedLessOften],
  },
};

/** A key without a period rotates once a year: https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
function rotatedLessOften(...[change]: Parameters<WeakeningRule>): readonly string[] {
  if (!changesInPlace(change) || isUnknown(change, period)) return [];
  const [before, after] = [change.change.before, change.change.after].map((values) =>
    valueAt(values, ["enable_key_rotation"]) === true ? Number(valueAt(values, period) ?? 365) : undefined,
  );
  if (before === undefined || after === undefined || after <= before) return [];
  return [`${attributeChange(change, period)}; KMS rotates the key less often`];
}
