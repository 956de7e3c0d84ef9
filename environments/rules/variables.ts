import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedConsumerOptions } from "../plan/consumers";
import { secretNamed } from "../plan/ecs";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked";

/** Values that are always credentials: AWS access keys, tokens of Git hosts, private keys. */
const credential =
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{36,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Entries of a map; none for a value that is not a map, which the schema reports. */
const entries = (map: unknown) =>
  Object.entries(typeof map === "object" && map !== null && !Array.isArray(map) ? map : {});

/** Rules for the variables of a consumer: no credentials in the file, one value each, and only existing secrets. */
export function variableRules(
  { security }: UncheckedEnvironment,
  { environment, secrets, logs }: UncheckedConsumerOptions,
  { problem }: RuleContext,
): void {
  const secretVariables = new Set(entries(secrets).map(([name]) => name));
  for (const [name, value] of entries(environment)) {
    if (typeof value === "string" && credential.test(value))
      problem(
        ["environment", name],
        `${value.slice(0, 4)}…`,
        "this looks like a credential, which everyone with access to the file or the plan could read; store it in a secret and reference the secret in secrets",
      );
    if (secretVariables.has(name))
      problem(["environment", name], value, "secrets also defines this variable; remove one of them");
  }
  const known = namesIn(security?.secrets);
  if (known === undefined) return;
  const references = [
    ...entries(secrets).map(([variable, reference]) => [["secrets", variable], reference] as const),
    ...entries(logs?.secretOptions).map(
      ([option, reference]) => [["logs", "secretOptions", option], reference] as const,
    ),
  ];
  for (const [path, reference] of references) {
    const name = secretNamed(reference);
    if (name === undefined || name.trim() === "" || known.includes(name)) continue;
    const at = typeof reference === "string" ? path : [...path, "secret"];
    problem(at, name, unknownName("security.secrets", "secret", name, known));
  }
}
