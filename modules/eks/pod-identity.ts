import type { AccountRegion } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";

/** The pods of one service account. */
export interface ServiceAccountPods extends AccountRegion {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** The service that gives pods the credentials of a role. */
export const podIdentityService = "pods.eks.amazonaws.com";

/** Pod Identity assumes a role with session tags, so a role must allow both. */
export const podIdentityActions = ["sts:AssumeRole", "sts:TagSession"] as const;

/**
 * Condition of a trust policy by which EKS Pod Identity gives the role to the pods of one service account of one cluster,
 * whatever associations there are. It compares the session tags that EKS adds, so an association must not disable them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function podIdentityTrust(pods: ServiceAccountPods): NonNullable<Statement["Condition"]> {
  const { partition, accountId, region, clusterName, namespace, serviceAccount } = pods;
  return {
    StringEquals: {
      "aws:RequestTag/eks-cluster-arn": `arn:${partition}:eks:${region}:${accountId}:cluster/${clusterName}`,
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": serviceAccount,
    },
  };
}

/**
 * Manifest of the service account of a workload. Its pods get no token for the Kubernetes API: EKS mounts the token for Pod
 * Identity itself.
 *
 * @returns an object for `JSON.stringify`; kubectl accepts JSON
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export function serviceAccountManifest(name: string, namespace: string, labels: Record<string, string>) {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace, labels },
    automountServiceAccountToken: false,
  };
}
