import type { EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";

/**
 * AWS managed policies that the role of a cluster needs for EKS Auto Mode, besides `AmazonEKSClusterPolicy`. They allow only
 * sessions with the tag `eks:eks-cluster-name`, so EKS must also be allowed to tag the session.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
 */
export const clusterPolicies = [
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
] as const;

/** AWS managed policies of the nodes. https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html */
export const nodePolicies = [
  "AmazonEKSWorkerNodeMinimalPolicy",
  "AmazonEC2ContainerRegistryPullOnly",
] as const;

/** ARNs of AWS managed policies. */
export const managedPolicyArns = (partition: string, names: readonly string[]): string[] =>
  names.map((name) => `arn:${partition}:iam::aws:policy/${name}`);

/** Whether EKS Auto Mode is on, and the role of its nodes. */
export interface AutoMode {
  readonly enabled: boolean;
  /** ARN of the role. Changing it replaces the cluster. */
  readonly nodeRoleArn: string;
}

/**
 * The arguments of a cluster that turn Auto Mode on or off. EKS accepts only all three together. Both built-in node pools are on:
 * they cost nothing without pods, and without one of them, EKS creates no node class.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/set-builtin-node-pools.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/40582
 */
export function autoModeArguments({
  enabled,
  nodeRoleArn,
}: AutoMode): Pick<EksClusterConfig, "computeConfig" | "kubernetesNetworkConfig" | "storageConfig"> {
  return {
    // Without the role, AWS provider 5.100.0 replaces the cluster when Auto Mode is turned off.
    computeConfig: { enabled, ...(enabled && { nodePools: ["general-purpose", "system"] }), nodeRoleArn },
    kubernetesNetworkConfig: { elasticLoadBalancing: { enabled } },
    storageConfig: { blockStorage: { enabled } },
  };
}
