import { valueAt } from "../../../modules/values/value-at";
import { indexOf } from "../plan-index";
import type { WeakeningRule } from "../weakening";

/** A setting of a bucket that is destroyed while the bucket stays: the bucket has AWS's default then. */
export function settingLost(meaning: string): WeakeningRule {
  return ({ change: { actions, before } }, { plan }) => {
    if (!actions.includes("delete") || actions.includes("create")) return [];
    const goesToo =
      indexOf(plan)
        .destroyed.get("aws_s3_bucket")
        ?.has(valueAt(before, ["bucket"])) ?? false;
    return goesToo ? [] : [`is destroyed; ${meaning}`];
  };
}
