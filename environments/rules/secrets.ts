import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked";

/** Some of the characters that Secrets Manager allows. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const namePattern = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,126}[A-Za-z0-9])?$/;

/** Rules for the names of secrets. */
export function secretRules({ security }: UncheckedEnvironment, context: RuleContext): void {
  for (const name of namesIn(security?.secrets) ?? []) {
    const { problem } = context.at("security", "secrets", name);
    if (!namePattern.test(name))
      problem(
        [],
        name,
        "a secret name has 1 to 128 letters, digits and _.-, and starts and ends with a letter or digit; use a name such as db-password",
      );
    // AWS adds a hyphen and six characters to the ARN of a secret, and interprets such an ending as part of an ARN.
    else if (/-[A-Za-z0-9]{6}$/.test(name))
      problem(
        [],
        name,
        "Secrets Manager cannot distinguish a name that ends with a hyphen and six letters or digits from a partial ARN; rename it",
      );
  }
}
