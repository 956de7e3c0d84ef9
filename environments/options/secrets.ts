import type { z } from "zod";
import { boolean, integer, object, text } from "../schema/fields";

const recoveryAdvice =
  "Secrets Manager keeps a deleted secret for 7 to 30 days, or with 0 not at all; write a whole number";

/** One secret. Its value is never in a file of the project. */
export const SecretOptions = object({
  description: text(
    /^[\s\S]{1,2048}$/,
    "a description has 1 to 2048 characters; write what the secret is for",
  )
    .optional()
    .meta({ description: "What the secret is for.", defaultNote: "its name and environment" }),
  recoveryWindowInDays: integer(0, 30, recoveryAdvice)
    .refine((days) => days === 0 || days >= 7, { error: recoveryAdvice })
    .default(30)
    .describe(
      "Days in which a deleted secret can be restored: 7 to 30, or 0 to delete it at once. Terraform takes the value of the last deploy.",
    ),
  pullThroughCache: boolean()
    .default(false)
    .describe(
      "Say that the secret holds the credentials of a pull-through cache. ECR wants its name below `ecr-pullthroughcache/`, and encrypted by the key that AWS keeps for Secrets Manager.",
    ),
}).describe(
  "One secret of Secrets Manager, called `<project>-<environment>/<name>`, or `ecr-pullthroughcache/<project>-<environment>-<name>` with `pullThroughCache`.",
);

export type SecretOptions = z.output<typeof SecretOptions>;
