import { text } from "../../modules/values/fields";

/** Why a file deviates: at least ten characters between white space at the ends. */
export const reason = (advice: string) =>
  text(/^\s*\S[\s\S]{8,}\S\s*$/, advice).max(2048, {
    error: "a reason has at most 2048 characters; shorten it",
  });
