import { z } from "zod";
import { nonEmpty, text } from "../../modules/values/fields";

const nameAdvice =
  "a variable name has letters, digits and _ and does not start with a digit; use a name such as LOG_LEVEL";

const variableName = () => text(/^[A-Za-z_][A-Za-z0-9_]*$/, nameAdvice);

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
