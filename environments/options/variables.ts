import { z } from "zod";
import { nonEmpty, text } from "../schema/fields";

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
  z.record(
    variableName(),
    nonEmpty("this is the name of a secret of security.secrets; write it as a string"),
    {
      error: ({ code }) =>
        code === "invalid_key"
          ? nameAdvice
          : 'secrets are variables with the name of a secret each; write { DATABASE_PASSWORD: "<name>" }',
    },
  );
