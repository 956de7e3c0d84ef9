import { maxAdministratorBytes } from "../../modules/kms/key-policy-size";
import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { textsIn } from "../schema/unchecked";

/** The key policy has space for a number of administrators. */
export function keyAdministratorRules({ security }: UncheckedEnvironment, context: RuleContext): void {
  const { problem } = context.at("security", "kms", "administrators");
  const administrators = textsIn(security?.kms?.administrators);
  const bytes = JSON.stringify(administrators.map(([arn]) => arn)).length;
  if (bytes > maxAdministratorBytes)
    problem(
      [],
      `${administrators.length} administrators`,
      `their ARNs have ${bytes} bytes, and the key policy has space for ${maxAdministratorBytes}; use fewer, for example one role that several people assume`,
    );
}
