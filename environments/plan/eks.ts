import { controlPlaneLogGroup } from "../../modules/eks/control-plane-log";
import { type EnvironmentId, namePrefix } from "../naming";
import type { ConsumerKindPlan } from "./consumer-kind";

/** The options that contain workloads, and Kubernetes' name for one. */
export const eksWorkloads = { deployments: "Deployment", jobs: "Job", cronJobs: "CronJob" } as const;

/** Kubernetes Deployments, Jobs and CronJobs on the EKS cluster. */
export const eksKind: ConsumerKindPlan = {
  collections: eksWorkloads,
  secretsKeyUser: "eks",
  logGroupPrefix: (environment) => controlPlaneLogGroup(clusterName(environment)),
  /**
   * EKS passes the cluster details to managed nodes, so they do not need the `eks` endpoint. The Pod Identity agent
   * gets the credentials of pod roles from EKS Auth.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
   */
  endpoints: ({ eks }) => [
    "ec2",
    "sts",
    ...(Object.keys(eks?.nodeGroups ?? {}).length > 0 || eks?.autoMode !== undefined
      ? (["eks-auth"] as const)
      : []),
  ],
};

/** Name of the EKS cluster, e.g. `myproject-dev`. */
export function clusterName(environment: EnvironmentId): string {
  return namePrefix(environment);
}

/** Name of an EKS role, e.g. `myproject-dev-eks-node`. */
export function eksRoleName(
  environment: EnvironmentId,
  role: "cluster" | "node" | "fargate" | "auto",
): string {
  return `${namePrefix(environment)}-eks-${role}`;
}
