import { maxRoleNameLength, roleName } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { environmentIdOf } from "./sections";

/** IAM limits the length of role names. @param what the role in messages, e.g. `the task role` */
export function roleNameLength(
  environment: UncheckedEnvironment,
  purpose: string,
  what: string,
  { problem }: RuleContext,
): void {
  const identity = environmentIdOf(environment);
  if (identity === undefined) return;
  const name = roleName(identity, purpose);
  if (name.length > maxRoleNameLength)
    problem(
      [],
      name,
      `this would be the name of ${what}, and IAM role names have at most ${maxRoleNameLength} characters; shorten a part of it by ${name.length - maxRoleNameLength}`,
    );
}
