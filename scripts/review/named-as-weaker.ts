import type { AccessDelta } from "./report/access-rows";
import type { Weakening } from "./weakening";

/** What a rule on the same policy already says about the same principal, or about its Deny statements. */
export const isNamedAsWeaker = (
  { address, principal, verb, isPublic }: Pick<AccessDelta, "address" | "principal" | "verb" | "isPublic">,
  weakenings: readonly Pick<Weakening, "address" | "text">[],
): boolean =>
  !isPublic &&
  weakenings.some(
    (weakening) =>
      weakening.address === address &&
      (verb === "is no longer denied"
        ? weakening.text.startsWith("the Deny statement ")
        : weakening.text.startsWith(`${principal} ${verb} `)),
  );
