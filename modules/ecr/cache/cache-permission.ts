import type { Statement } from "../../iam/policy-document";

/**
 * Calls that fetch an image into the cache and make its repository at the first pull.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
const importActions = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];

/** The same, and the tags that the template puts on a new repository: AWS asks whoever pulls for them, too. */
export const cacheActions = [...importActions, "ecr:TagResource"];

/**
 * What a role needs to pull through caches, besides the pull itself. AWS takes the tags of a new repository from no
 * other policy.
 *
 * @param cacheArns ARNs of what caches hold, e.g. `arn:aws:ecr:<region>:<account>:repository/myproject-dev-docker-hub/*`
 * @returns no statement without caches
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

/** A cache and the roles that the registry itself lets import into it. */
export interface CacheImport {
  /** ARN of what the cache holds. */
  readonly cacheArn: string;
  readonly roleArns: readonly string[];
}

/**
 * Statements of the registry policy, ordered by cache: one for each cache that names roles.
 *
 * The roles themselves are the principals. The account with a condition on `aws:PrincipalArn` would give nothing: in
 * their own account it only hands the decision back to the roles' policies.
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
