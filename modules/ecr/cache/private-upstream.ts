import { allow, type Statement } from "../../iam/policy-document";

/** A cache of a private registry: what ECR reads there, and the repositories that it fills. */
export interface PrivateUpstream {
  /** ARN of the upstream repositories; `*` matches any text. */
  readonly upstreamArn: string;
  /** ARN of the repositories of the cache. */
  readonly cacheArn: string;
}

/** Service that assumes the role of a cache of a private registry. */
export const cacheService = "pullthroughcache.ecr.amazonaws.com";

/** What the owner of the upstream registry grants, too, if it is in another account. */
const readActions = [
  "ecr:BatchGetImage",
  "ecr:BatchImportUpstreamImage",
  "ecr:GetDownloadUrlForLayer",
  "ecr:GetImageCopyStatus",
];

const writeActions = [
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/**
 * Permissions of the role with which ECR fills caches of private registries, besides that to log in. AWS's example allows
 * all of this on every repository. Here, ECR may read the upstream repositories and the caches, and write only the caches.
 *
 * @returns no statement when there are no caches
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-private.html
 */
export function fillPermission(caches: readonly PrivateUpstream[]): Statement[] {
  if (caches.length === 0) return [];
  const cached = unique(caches.map(({ cacheArn }) => cacheArn));
  const upstream = unique(caches.map(({ upstreamArn }) => upstreamArn));
  return [
    allow("ReadUpstream", readActions, unique([...upstream, ...cached])),
    allow("FillCaches", writeActions, cached),
  ];
}

/** An account whose caches read repositories of a registry. */
export interface CacheReader {
  readonly accountId: string;
  /** ARN of the repositories; `*` matches any text. */
  readonly repositoryArn: string;
}

/**
 * Statements of the upstream's registry policy, one for each account, sorted by account. The principals are the accounts,
 * as in AWS's example: AWS does not document that every call comes from the role of the cache.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-private.html
 */
export function upstreamReads(readers: readonly CacheReader[], partition: string): Statement[] {
  return unique(readers.map(({ accountId }) => accountId)).map((accountId) => ({
    Sid: `CachesOf${accountId}`,
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: readActions,
    Resource: unique(
      readers.filter((reader) => reader.accountId === accountId).map(({ repositoryArn }) => repositoryArn),
    ),
  }));
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();
