import { TerraformOutput, type TerraformStack } from "cdktf";
import { identifyingTags } from "../../environments/naming";
import type { EksOptions } from "../../environments/options/eks";
import { clusterName } from "../../environments/plan/eks";
import { podRolesOf } from "../../environments/plan/eks-pod-identity";
import type { Environment } from "../../environments/plan/environment";
import { ClusterComputeModule } from "../../modules/eks/cluster-compute-module";
import { EksClusterModule } from "../../modules/eks/eks-cluster-module";
import { PodIdentityModule } from "../../modules/eks/pod-identity-module";
import { partitionOf } from "../../modules/iam/aws-partition";
import { readLayer } from "../contract";
import { networkContract } from "../network/network.contract";
import {
  autoModeContract,
  eksRolesContract,
  podRolesContract,
  secretsContract,
  securityContract,
} from "../security/security.contract";

/** Add the EKS cluster of an environment, and the node groups and Fargate profiles for its pods. */
export function addCluster(stack: TerraformStack, environment: Environment, options: EksOptions): void {
  const { region, tags, deletionProtection } = environment;
  const security = readLayer(stack, "security", environment, {
    ...securityContract,
    ...secretsContract,
    ...eksRolesContract,
    ...podRolesContract,
    ...autoModeContract,
  });
  const network = readLayer(stack, "network", environment, networkContract);
  const { cluster } = new EksClusterModule(stack, "eks", {
    ...options,
    clusterName: clusterName(environment),
    partition: partitionOf(region),
    roleArn: security.eks_cluster_role_arn,
    vpcId: network.vpc_id,
    vpcCidrBlock: network.vpc_cidr_block,
    subnetIds: network.private_subnet_ids,
    secretsKeyArn: security.secrets_kms_key_arn,
    logsKeyArn: security.logs_kms_key_arn,
    autoMode: options.autoMode && {
      enabled: options.autoMode.enabled,
      nodeRoleArn: security.eks_auto_node_role_arn,
    },
    preventDestroy: deletionProtection,
  });
  new ClusterComputeModule(stack, "eks_compute", {
    ...options,
    cluster,
    subnetIds: network.private_subnet_ids,
    nodeRoleArn: security.eks_node_role_arn,
    autoMode: options.autoMode?.enabled ?? false,
    podExecutionRoleArn: security.eks_pod_execution_role_arn,
    tags: { ...tags, ...identifyingTags(environment) },
  });
  const identities = podRolesOf(environment).map(({ workload, namespace }) => [
    workload,
    { namespace, serviceAccount: workload, roleArn: security.eks_pod_role_arns(workload) },
  ]);
  new PodIdentityModule(stack, "eks_pod_identity", { cluster, identities: Object.fromEntries(identities) });
  const output = (id: string, description: string, value: string) =>
    new TerraformOutput(stack, id, { description, staticId: true, value });
  output("eks_cluster_name", "Name of the EKS cluster", cluster.name);
  output("eks_cluster_endpoint", "Where the Kubernetes API is reached", cluster.endpoint);
}
