import type { Statement } from "../../iam/policy-document";

/**
 * Actions that import an image into the cache and create its repository on the first pull.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
const importActions = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];

/**
 * The same, and tagging: a principal that pulls also needs permission for the tags that the template sets on a new
 * repository.
 */
export const cacheActions = [...importActions, "ecr:TagResource"];

/**
 * Permissions that a role needs to pull through caches, in addition to those for the pull itself. AWS accepts the
 * permission to tag a new repository from no other policy.
 *
 * @param cacheArns ARNs of the repositories of caches, e.g.
 *   `arn:aws:ecr:<region>:<account>:repository/myproject-dev-docker-hub/*`
 * @returns no statement when there are no caches
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
export function cachePermission(cacheArns: readonly string[]): Statement[] {
  if (cacheArns.length === 0) return [];
  return [
    {
      Sid: "PullThroughCache",
      Effect: "Allow",
      Action: cacheActions,
      Resource: cacheArns.toSorted(),
    },
  ];
}

/** A pull-through cache and the roles that the registry policy allows to import into it. */
export interface CacheImport {
  /** ARN of the repositories of the cache. */
  readonly cacheArn: string;
  readonly roleArns: readonly string[];
}

/**
 * Statements of the registry policy, sorted by cache: one for each cache with roles.
 *
 * The principals are the roles themselves. The account with a condition on `aws:PrincipalArn` would grant nothing:
 * within the account, it only delegates the decision to the roles' own policies.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-pullthroughcache.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function cacheImports(caches: readonly CacheImport[]): Statement[] {
  return caches
    .filter(({ roleArns }) => roleArns.length > 0)
    .toSorted((a, b) => (a.cacheArn < b.cacheArn ? -1 : 1))
    .map(({ cacheArn, roleArns }, index) => ({
      Sid: `PullThroughCache${index + 1}`,
      Effect: "Allow",
      Principal: { AWS: roleArns.toSorted() },
      Action: importActions,
      Resource: [cacheArn],
    }));
}
