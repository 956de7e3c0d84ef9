import { z } from "zod";
import { nonEmpty, text } from "../../modules/values/fields";

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

/** Environment variables of a container that get the value of a secret. */
export const secretVariables = () =>
  z.record(variableName(), nonEmpty("this must be the name of a secret in security.secrets; use a string"), {
    error: ({ code }) =>
      code === "invalid_key"
        ? nameAdvice
        : 'this maps variables to names of secrets; use { DATABASE_PASSWORD: "<name>" }',
  });
