import type { AccessDelta } from "./report/access-rows";
import type { Weakening } from "./weakening";

/** What a rule on the same policy already says about the same principal, or about its Deny statements. */
export const isNamedAsWeaker = (
  { address, principal, verb, isPublic }: Pick<AccessDelta, "address" | "principal" | "verb" | "isPublic">,
  weakenings: readonly Pick<Weakening, "address" | "access">[],
): boolean =>
  !isPublic &&
  weakenings.some(
    ({ address: where, access }) =>
      where === address &&
      access?.verb === verb &&
      (verb === "is no longer denied" || access.principal === principal),
  );
