import type { z } from "zod";
import { hasOwnHosts, needsCredentials, upstreams } from "../../modules/ecr/cache/upstream-registries";
import { lifecycleRules } from "../rules/lifecycle";
import { mutability } from "../rules/repository";
import { filled, list, oneOf, section, text } from "../schema/fields";
import { type Candidate, type RuleContext, withRule } from "../schema/rule";
import type { RepositoryShape } from "./ecr";

const host = text(
  /^[a-z0-9][a-z0-9-]{3,61}[a-z0-9]\.azurecr\.io$/,
  "this must be the host of a registry of Azure, whose name has 5 to 63 lower-case letters, digits and hyphens; write <name>.azurecr.io",
);

const roleArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  "this must be the ARN of an IAM role; write arn:aws:iam::<account>:role/<name>",
);

/** The options that a cache has in common with a repository: they are those of the repositories that ECR makes. */
type SharedShape = Pick<
  typeof RepositoryShape.shape,
  | "imageTagMutability"
  | "imageTagMutabilityExclusionFilters"
  | "maxImageCount"
  | "untaggedExpiryDays"
  | "protectedTags"
  | "lifecycleRules"
  | "lifecyclePolicy"
>;

const shapeOf = (shared: SharedShape) =>
  section({
    upstream: oneOf(upstreams).describe(
      "Registry whose images are cached. All from `docker-hub` on ask for `credentials`.",
    ),
    host: host.optional().meta({
      description: "Host of your registry, for `azure` only: `<name>.azurecr.io`.",
      defaultNote: "the one host of the upstream",
    }),
    credentials: filled("this is the name of a secret; write it as a string").optional().meta({
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
    pullRoleArns: list(roleArn)
      .default([])
      .describe(
        "Roles of the account that the registry lets import images, so that their own policies need not. Login, pull and `ecr:TagResource` they need all the same.",
      ),
  });

type CacheShape = ReturnType<typeof shapeOf>;

export type CacheOptions = z.output<CacheShape>;

/** The same before its shape is known to be right. */
export type CacheCandidate = Candidate<CacheOptions>;

/** One pull-through cache. */
export function cacheOptions(shared: SharedShape) {
  return withRule(shapeOf(shared), cacheRules).describe(
    "One pull-through cache. ECR makes its repositories `<project>-<environment>-<name>/<image>` at the first pull, as these options say. They reach new repositories only.",
  );
}

function cacheRules(cache: CacheCandidate, context: RuleContext): void {
  mutability(cache, context);
  lifecycleRules(cache, context);
  upstreamRules(cache, context);
}

function upstreamRules({ upstream, host, credentials }: CacheCandidate, { problem }: RuleContext): void {
  if (upstream === undefined || !upstreams.includes(upstream)) return;
  if (needsCredentials(upstream) && credentials === undefined)
    problem(
      ["credentials"],
      undefined,
      `ECR caches ${upstream} with credentials only; name a secret of security.secrets that has pullThroughCache: true`,
    );
  if (!needsCredentials(upstream) && credentials !== undefined)
    problem(["credentials"], credentials, `${upstream} asks for no credentials; remove them`);
  if (hasOwnHosts(upstream) && host === undefined)
    problem(
      ["host"],
      undefined,
      `every customer of ${upstream} has a host of their own; write "<name>.azurecr.io"`,
    );
  if (!hasOwnHosts(upstream) && host !== undefined)
    problem(["host"], host, `${upstream} has one host, which is known; remove it`);
}
