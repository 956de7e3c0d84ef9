import { controlPlaneLogGroup } from "../../modules/eks/control-plane-log";
import { type EnvironmentId, namePrefix } from "../naming";
import type { ConsumerKindPlan } from "./consumer-kind";

/** Kubernetes Deployments on the EKS cluster. */
export const eksKind: ConsumerKindPlan = {
  collection: "deployments",
  label: "Deployment",
  secretsKeyUser: "eks",
  logGroupPrefix: (environment) => controlPlaneLogGroup(clusterName(environment)),
  /**
   * EKS tells managed nodes where their cluster is, so they need no endpoint of EKS itself. The Pod Identity agent gets
   * the roles of pods from EKS Auth.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
   */
  endpoints: ({ eks }) => [
    "ec2",
    "sts",
    ...(Object.keys(eks?.nodeGroups ?? {}).length > 0 ? (["eks-auth"] as const) : []),
  ],
};

/** Name of the EKS cluster, e.g. `myproject-dev`. */
export function clusterName(environment: EnvironmentId): string {
  return namePrefix(environment);
}

/** Roles of EKS, e.g. `myproject-dev-eks-node`. */
export function eksRoleName(environment: EnvironmentId, role: "cluster" | "node" | "fargate"): string {
  return `${namePrefix(environment)}-eks-${role}`;
}
