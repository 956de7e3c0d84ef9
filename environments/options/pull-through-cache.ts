import type { z } from "zod";
import { upstreams } from "../../modules/ecr/cache/upstream-registries";
import { distinct, nonEmpty, object, oneOf, text } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { RepositoryOptions } from "./repository";

const host = text(
  /^[a-z0-9][a-z0-9-]{3,61}[a-z0-9]\.azurecr\.io$/,
  "this must be the host of a registry of Azure, whose name has 5 to 63 lower-case letters, digits and hyphens; write <name>.azurecr.io",
);

const roleArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  "this must be the ARN of an IAM role; write arn:aws:iam::<account>:role/<name>",
);

/** ECR creates the repositories of a cache, with these options of a repository. */
const { shape: shared } = RepositoryOptions;

/** Options of one pull-through cache. */
export const CacheOptions = object({
  upstream: oneOf(upstreams).describe(
    "Registry whose images are cached. All from `docker-hub` on ask for `credentials`.",
  ),
  host: host.optional().meta({
    description: "Host of your registry, for `azure` only: `<name>.azurecr.io`.",
    defaultNote: "the one host of the upstream",
  }),
  credentials: nonEmpty("this is the name of a secret; write it as a string").optional().meta({
    description: "Secret of `security.secrets` with `pullThroughCache: true` that holds the credentials.",
    defaultNote: "none",
  }),
  imageTagMutability: shared.imageTagMutability.describe(
    "Whether the cache may move a tag when the upstream does. With immutable tags an image stays as it was first pulled. The two modes with exclusion need AWS provider 6.10.0.",
  ),
  imageTagMutabilityExclusionFilters: shared.imageTagMutabilityExclusionFilters,
  maxImageCount: shared.maxImageCount,
  untaggedExpiryDays: shared.untaggedExpiryDays,
  protectedTags: shared.protectedTags,
  lifecycleRules: shared.lifecycleRules,
  lifecyclePolicy: shared.lifecyclePolicy,
  pullRoleArns: distinct(roleArn, "role")
    .default([])
    .describe(
      "Roles of the account that the registry lets import images, so that their own policies need not. Login, pull and `ecr:TagResource` they need all the same.",
    ),
}).describe(
  "One pull-through cache. ECR makes its repositories `<project>-<environment>-<name>/<image>` at the first pull, as these options say. They reach new repositories only.",
);

export type CacheOptions = z.output<typeof CacheOptions>;

/** The same before validation. */
export type UncheckedCache = Unchecked<CacheOptions>;
