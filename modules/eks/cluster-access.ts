/**
 * EKS access policies, from most to least permissions.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export const accessPolicies = [
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSViewPolicy",
] as const;

export type AccessPolicy = (typeof accessPolicies)[number];

/** What a role may do in a cluster. */
export interface ClusterAccess {
  readonly policy: AccessPolicy;
  /** Namespaces to which it applies; `*` at the end matches any text. Empty: the whole cluster. */
  readonly namespaces: readonly string[];
}

/** ARN of an EKS access policy, which is not an IAM policy. */
export function accessPolicyArn(partition: string, policy: AccessPolicy): string {
  return `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;
}
