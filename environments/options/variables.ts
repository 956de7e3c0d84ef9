import { z } from "zod";
import { nonEmpty, object, text } from "../../modules/values/fields";

const nameAdvice =
  "a variable name has no spaces, = and control characters; use a name such as LOG_LEVEL or discovery.type";

/** ECS sets no rule; the kernel passes variables to a program as `name=value`. Lambda is stricter: see its rules. */
const variableName = () => text(/^[^\s=\p{C}]+$/u, nameAdvice);

/** Environment variables of a container by name, in plain text. */
export const plainVariables = () =>
  z.record(variableName(), z.string({ error: "a variable's value is a string; put it in quotes" }), {
    error: ({ code }) =>
      code === "invalid_key" ? nameAdvice : 'variables are names and values; use { LOG_LEVEL: "info" }',
  });

/** The value of one key of a secret that is a JSON object. ECS separates the parts of a reference with colons. */
const SecretKeyOptions = object({
  secret: nonEmpty("this must be the name of a secret in security.secrets; use a string").describe(
    "Name of the secret in `security.secrets`.",
  ),
  key: text(
    /^[^:]*[^:\s][^:]*$/,
    "this must be a key of the JSON object in the secret, and ECS allows no colon in it; use a key such as password",
  ).describe("Key in the JSON object that is the secret's value."),
}).describe("One value of a secret that is a JSON object.");

const secretAdvice =
  'this must be the name of a secret in security.secrets, or { secret, key } for one value of a JSON object; use "<name>" or { secret: "<name>", key: "<key>" }';

/**
 * Environment variables of a container that get the value of a secret, or one value in it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export const valueVariables = () =>
  z.record(variableName(), z.union([nonEmpty(secretAdvice), SecretKeyOptions], { error: secretAdvice }), {
    error: ({ code }) =>
      code === "invalid_key"
        ? nameAdvice
        : 'this maps variables to names of secrets; use { DATABASE_PASSWORD: "<name>" }',
  });
