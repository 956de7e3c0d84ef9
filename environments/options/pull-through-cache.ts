import type { z } from "zod";
import { roleArnSyntax } from "../../modules/ecr/access/grantee-syntax";
import { cachePrefixSyntax } from "../../modules/ecr/cache/cache-prefix";
import { upstreams } from "../../modules/ecr/cache/upstream-registries";
import { nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { accountId, distinct, principalArn, region } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { lifecycleOptions } from "./lifecycle";
import { cannotRename } from "./renamed-from";
import { RepositoryOptions } from "./repository";

const host = text(
  /^[a-z0-9][a-z0-9-]{3,61}[a-z0-9]\.azurecr\.io$/,
  "this must be the host of an Azure container registry, whose name has 5 to 63 lowercase letters, digits and hyphens; use <name>.azurecr.io",
);

const roleArn = principalArn(roleArnSyntax.pattern, roleArnSyntax.advice);

/** ECR creates the repositories of a cache with the same options as other repositories. */
const { shape: shared } = RepositoryOptions;

/** Options of one pull-through cache. */
export const CacheOptions = object(
  {
    upstream: oneOf(upstreams).describe(
      "Registry whose images are cached. `docker-hub` and the values after it require `credentials`. `ecr` is a private registry in another account or Region.",
    ),
    host: host.optional().meta({
      description: "Host of your registry, only for `azure`: `<name>.azurecr.io`.",
      defaultNote: "the fixed host of the upstream",
    }),
    credentials: nonEmpty("this must be the name of a secret; use a string").optional().meta({
      description:
        "Secret in `security.secrets` with `pullThroughCache: true` that contains the credentials.",
      defaultNote: "none",
    }),
    registryId: accountId().optional().meta({
      description: "Account of the upstream registry, only for `ecr`.",
      defaultNote: "the environment's account",
    }),
    region: region().optional().meta({
      description: "Region of the upstream registry, only for `ecr`.",
      defaultNote: "the environment's Region",
    }),
    upstreamPrefix: text(cachePrefixSyntax.pattern, cachePrefixSyntax.advice).optional().meta({
      description:
        "Prefix of the upstream repositories, without the slash, only for `ecr`: with `team`, the image `app` is that of `team/app`.",
      defaultNote: "`ROOT`: every repository, by its full name",
    }),
    prefix: oneOf(["ROOT"]).optional().meta({
      description:
        "`ROOT`: the cache has the names of the upstream, and covers every repository of the registry that no other cache covers. A registry has one such cache, and consumers of the file cannot run its images.",
      defaultNote: "`naming.repository` with the name of the cache",
    }),
    imageTagMutability: shared.imageTagMutability.describe(
      "Whether the cache can overwrite a tag when the upstream does. With immutable tags, the cache keeps the image that it first pulled. The two `_WITH_EXCLUSION` modes require AWS provider 6.10.0.",
    ),
    imageTagMutabilityExclusionFilters: shared.imageTagMutabilityExclusionFilters,
    ...lifecycleOptions,
    pullRoleArns: distinct(roleArn, "role")
      .default([])
      .describe(
        "Roles in the account that the registry policy allows to import images, so that their own policies do not have to. The roles still need permissions to log in, to pull and for `ecr:TagResource`.",
      ),
  },
  cannotRename("cache"),
).describe(
  "One pull-through cache. ECR creates its repositories, the `prefix` followed by `/<image>`, on the first pull, with these options. Changes apply to new repositories only.",
);

export type CacheOptions = z.output<typeof CacheOptions>;

/** The options before validation. */
export type UncheckedCache = Unchecked<CacheOptions>;
