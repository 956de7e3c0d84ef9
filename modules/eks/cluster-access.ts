/**
 * What AWS lets a role do in a cluster, from most to least.
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
  /** Where; `*` at the end stands for any text. Empty: in the whole cluster. */
  readonly namespaces: readonly string[];
}

/** ARN of an access policy, which is no IAM policy. */
export function accessPolicyArn(partition: string, policy: AccessPolicy): string {
  return `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;
}
