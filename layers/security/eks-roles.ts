import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { EksOptions } from "../../environments/options/eks";
import { clusterPullStatements } from "../../environments/plan/cluster-pulls";
import { clusterName, eksRoleName } from "../../environments/plan/eks";
import type { Environment } from "../../environments/plan/environment";
import { clusterPolicies, managedPolicyArns } from "../../modules/eks/auto-mode";
import { partitionOf, serviceDomain } from "../../modules/iam/aws-partition";
import { allow } from "../../modules/iam/policy-document";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import type { Outputs } from "../contract";
import type { eksRolesContract, secretsContract } from "./security.contract";

/**
 * Create the roles of an environment's EKS cluster. AWS requires three different roles.
 *
 * @param secrets the layer's outputs for secrets
 * @throws Error when `secrets` is `undefined`: the secrets key encrypts Kubernetes secrets
 */
export function clusterRoles(
  stack: TerraformStack,
  environment: Environment,
  { autoMode }: EksOptions,
  secrets: Outputs<typeof secretsContract> | undefined,
): Outputs<typeof eksRolesContract> {
  if (secrets === undefined) throw new Error(`${stack.node.id} has no secrets key for its cluster`);
  const { accountId, region } = environment;
  const partition = partitionOf(region);
  const cluster = clusterName(environment);
  const managed = (name: string) => `arn:${partition}:iam::aws:policy/${name}`;
  const pullStatements = clusterPullStatements(environment);
  const sourceArn = (resource: string) => ({
    ArnLike: { "aws:SourceArn": `arn:${partition}:eks:${region}:${accountId}:${resource}` },
  });
  const scope = new Construct(stack, "eks_roles");
  const clusterRole = new ServiceRoleModule(scope, "cluster", {
    name: eksRoleName(environment, "cluster"),
    description: `Control plane of EKS cluster ${cluster}`,
    service: "eks.amazonaws.com",
    // https://docs.aws.amazon.com/eks/latest/userguide/cross-service-confused-deputy-prevention.html
    trustCondition: { ...sourceArn(`cluster/${cluster}`), StringEquals: { "aws:SourceAccount": accountId } },
    // For EKS's health checks of the key. It encrypts and decrypts with the grant that it creates with the cluster.
    // https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
    // https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/main.tf
    statements: [allow("CheckKey", ["kms:DescribeKey", "kms:ListGrants"], secrets.secrets_kms_key_arn)],
    ...(autoMode && { trustActions: ["sts:AssumeRole", "sts:TagSession"] }),
    managedPolicyArns: [
      managed("AmazonEKSClusterPolicy"),
      ...(autoMode ? managedPolicyArns(partition, clusterPolicies) : []),
    ],
  });
  // EC2 gives a role to an instance of its own account only, and AWS documents no condition for it.
  // https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
  const nodeRole = new ServiceRoleModule(scope, "node", {
    name: eksRoleName(environment, "node"),
    description: `Nodes of EKS cluster ${cluster}`,
    service: `ec2.${serviceDomain(region)}`,
    statements: pullStatements,
    managedPolicyArns: [
      managed("AmazonEKSWorkerNodePolicy"),
      managed("AmazonEKS_CNI_Policy"),
      managed("AmazonEC2ContainerRegistryPullOnly"),
    ],
  });
  // AWS documents the ARN of the profile, which contains the account, and no other condition.
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
  const podExecutionRole = new ServiceRoleModule(scope, "fargate", {
    name: eksRoleName(environment, "fargate"),
    description: `Fargate pods of EKS cluster ${cluster}`,
    service: "eks-fargate-pods.amazonaws.com",
    trustCondition: sourceArn(`fargateprofile/${cluster}/*`),
    statements: pullStatements,
    managedPolicyArns: [managed("AmazonEKSFargatePodExecutionRolePolicy")],
  });
  return {
    eks_cluster_role_arn: clusterRole.arn,
    eks_node_role_arn: nodeRole.arn,
    eks_pod_execution_role_arn: podExecutionRole.arn,
  };
}
