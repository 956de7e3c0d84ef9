/** Log group that EKS writes control plane logs to. https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
export function controlPlaneLogGroup(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}
