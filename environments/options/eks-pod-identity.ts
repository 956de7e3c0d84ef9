import { nonEmpty, object } from "../../modules/values/fields";
import { distinct } from "../schema/fields";

/** AWS credentials of the pods of one workload: https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html */
export const PodIdentityOptions = object({
  secrets: distinct(nonEmpty("this must be the name of a secret in security.secrets; use a string"))
    .default([])
    .describe(
      "Secrets of `security.secrets` that the role may read. Code asks Secrets Manager for `<project>-<environment>/<secret>`.",
    ),
}).describe(
  "AWS credentials of the pods: a role of their own, which only they can use. It has no permissions except those for `secrets`, until you attach policies.",
);
