import { z } from "zod";
import { filled, text } from "../schema/fields";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked-map";
import type { EnvironmentCandidate } from "./environment";

/** Values that nobody mistakes for anything but a credential: access keys of AWS, tokens of Git hosts, private keys. */
const credential =
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{36,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

const nameAdvice =
  "the name of a variable has letters, digits and _ and does not start with a digit; write for example LOG_LEVEL";

const variableName = () => text(/^[A-Za-z_][A-Za-z0-9_]*$/, nameAdvice);

/** Variables of a container by name, in plain text. */
export const plainVariables = () =>
  z.record(variableName(), z.string({ error: "the value of a variable is a string; put it in quotes" }), {
    error: ({ code }) =>
      code === "invalid_key" ? nameAdvice : 'variables are names and values; write { LOG_LEVEL: "info" }',
  });

/** Variables of a container that get the value of a secret. */
export const secretVariables = () =>
  z.record(variableName(), filled("this is the name of a secret of security.secrets; write it as a string"), {
    error: ({ code }) =>
      code === "invalid_key"
        ? nameAdvice
        : 'secrets are variables with the name of a secret each; write { DATABASE_PASSWORD: "<name>" }',
  });

/** What is known of the variables of a service or function before their shape is known to be right. */
interface Variables {
  readonly environment?: Readonly<Record<string, unknown>> | undefined;
  readonly secrets?: Readonly<Record<string, unknown>> | undefined;
}

/** What is no object is reported by its shape. */
const entries = (of: unknown) =>
  Object.entries(typeof of === "object" && of !== null && !Array.isArray(of) ? of : {});

/**
 * No credential is in the file, and no variable has two values.
 *
 * @param at where the service or function stands, as seen by the rule
 */
export function variableRules(
  { environment, secrets }: Variables,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  const secret = new Set(entries(secrets).map(([name]) => name));
  for (const [name, value] of entries(environment)) {
    if (typeof value === "string" && credential.test(value))
      problem(
        [...at, "environment", name],
        `${value.slice(0, 4)}…`,
        "this looks like a credential, and everyone who reads the file or the plan would have it; put it into a secret and name that in secrets",
      );
    if (secret.has(name))
      problem(
        [...at, "environment", name],
        value,
        "secrets gives this variable a value too; remove one of them",
      );
  }
}

/**
 * Every secret that variables name is one of the environment's.
 *
 * @param at where the service or function stands, as seen by the rule
 */
export function knownSecrets(
  { security }: EnvironmentCandidate,
  { secrets }: Variables,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  const known = namesIn(security?.secrets);
  if (known === undefined) return;
  for (const [variable, name] of entries(secrets)) {
    if (typeof name !== "string" || name.trim() === "" || known.includes(name)) continue;
    problem([...at, "secrets", variable], name, unknownName("security.secrets", "secret", name, known));
  }
}
