import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedConsumerOptions } from "../plan/consumers";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked";

/** Values that can only be credentials: AWS access keys, tokens of Git hosts, private keys. */
const credential =
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{36,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Entries of a map; none when it is not one, which its shape reports. */
const entries = (of: unknown) =>
  Object.entries(typeof of === "object" && of !== null && !Array.isArray(of) ? of : {});

/** Rules for the variables of a consumer: no credential in the file, one value each, and secrets that exist. */
export function variableRules(
  { security }: UncheckedEnvironment,
  { environment, secrets }: UncheckedConsumerOptions,
  { problem }: RuleContext,
): void {
  const secret = new Set(entries(secrets).map(([name]) => name));
  for (const [name, value] of entries(environment)) {
    if (typeof value === "string" && credential.test(value))
      problem(
        ["environment", name],
        `${value.slice(0, 4)}…`,
        "this looks like a credential, and everyone who reads the file or the plan would have it; put it into a secret and name that in secrets",
      );
    if (secret.has(name))
      problem(["environment", name], value, "secrets gives this variable a value too; remove one of them");
  }
  const known = namesIn(security?.secrets);
  if (known === undefined) return;
  for (const [variable, name] of entries(secrets)) {
    if (typeof name !== "string" || name.trim() === "" || known.includes(name)) continue;
    problem(["secrets", variable], name, unknownName("security.secrets", "secret", name, known));
  }
}
