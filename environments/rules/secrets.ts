import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked";

/** Part of the characters of https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const namePattern = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,126}[A-Za-z0-9])?$/;

/** Rules for the names of secrets. */
export function secretRules({ security }: UncheckedEnvironment, context: RuleContext): void {
  for (const name of namesIn(security?.secrets) ?? []) {
    const { problem } = context.at("security", "secrets", name);
    if (!namePattern.test(name))
      problem(
        [],
        name,
        "the name of a secret has 1 to 128 letters and digits, with _ . - between them; write for example db-password",
      );
    // AWS adds a hyphen and six characters to the ARN of a secret, and takes such an end for a part of an ARN.
    else if (/-[A-Za-z0-9]{6}$/.test(name))
      problem(
        [],
        name,
        "Secrets Manager confuses a name that ends in a hyphen and six letters or digits with the end of an ARN; rename it",
      );
  }
}
