import type { z } from "zod";
import { boolean, integer, object, text } from "../../modules/values/fields";
import { cannotRename } from "./renamed-from";

const recoveryAdvice =
  "Secrets Manager keeps a deleted secret for 7 to 30 days, or deletes it immediately with 0; use a whole number";

/** One secret. No file of the project contains its value. */
export const SecretOptions = object(
  {
    description: text(
      /^[\s\S]{1,2048}$/,
      "a description has 1 to 2048 characters; describe what the secret is for",
    )
      .optional()
      .meta({ description: "Purpose of the secret.", defaultNote: "its name and environment" }),
    recoveryWindowInDays: integer(0, 30, recoveryAdvice)
      .refine((days) => days === 0 || days >= 7, { error: recoveryAdvice })
      .default(30)
      .describe(
        "Days during which a deleted secret can be restored: 7 to 30, or 0 to delete it immediately. Terraform uses the value of the last deployment.",
      ),
    pullThroughCache: boolean()
      .default(false)
      .describe(
        "Whether the secret contains the credentials of a pull-through cache. ECR requires that its name starts with `ecr-pullthroughcache/` and that the AWS managed key `aws/secretsmanager` encrypts it.",
      ),
  },
  cannotRename("secret"),
).describe(
  "One secret in Secrets Manager, named `<project>-<environment>/<name>`, or `ecr-pullthroughcache/<project>-<environment>-<name>` with `pullThroughCache`.",
);

export type SecretOptions = z.output<typeof SecretOptions>;
