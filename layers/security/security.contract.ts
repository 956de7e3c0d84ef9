import { type Contract, mapOf, one } from "../contract";
import { kmsKeyArn, regionalKmsKeyArn, roleArn, secretArn } from "../value-kind";

/**
 * The outputs that the security layer provides to other layers. To rename an output, publish both names, switch the
 * readers to the new name, deploy, and only then remove the old name.
 */
export const securityContract = {
  ecr_kms_key_arn: one(kmsKeyArn, "ARN of the KMS key that encrypts container images"),
  logs_kms_key_arn: one(kmsKeyArn, "ARN of the KMS key that encrypts log groups and alerts"),
} as const satisfies Contract;

/** Published if the environment has replicas that are encrypted with KMS (`replicaKeyRegions`). */
export const replicaKeysContract = {
  replica_kms_key_arns: mapOf(
    regionalKmsKeyArn,
    "ARN of the KMS key that encrypts the replicas of each Region, by Region",
  ),
} as const satisfies Contract;

/** Published if the environment has secrets, functions or an EKS cluster (`hasSecretsKey`). */
export const secretsContract = {
  secrets_kms_key_arn: one(
    kmsKeyArn,
    "ARN of the KMS key that encrypts secrets, variables of functions and Kubernetes secrets",
  ),
  secret_arns: mapOf(secretArn, "ARN of each secret, by its name in the environment file"),
} as const satisfies Contract;

/** Published if ECR creates repositories for the environment, e.g. of caches (`needsTemplateRole`). */
export const pullThroughCacheContract = {
  ecr_template_role_arn: one(
    roleArn,
    "ARN of the role with which ECR creates repositories from templates, also those of pull-through caches",
  ),
} as const satisfies Contract;

/** Published if a pull-through cache of the environment reads a private registry (`readsPrivateRegistry`). */
export const privateUpstreamContract = {
  ecr_cache_role_arn: one(
    roleArn,
    "ARN of the role with which ECR reads private registries for pull-through caches",
  ),
} as const satisfies Contract;

/** Published if the environment has ECS services. */
export const ecsRolesContract = {
  ecs_execution_role_arn: one(
    roleArn,
    "ARN of the role with which ECS pulls images, reads secrets and writes logs",
  ),
  ecs_task_role_arns: mapOf(roleArn, "ARN of the role that the containers of each service have, by service"),
} as const satisfies Contract;

/** Published if a service names its strategy, `rolling` too (`needsInfrastructureRole`). */
export const ecsInfrastructureContract = {
  ecs_infrastructure_role_arn: one(
    roleArn,
    "ARN of the role with which ECS shifts the traffic of load balancers",
  ),
} as const satisfies Contract;

/** Published if the environment has scheduled tasks (`hasScheduledTasks`). */
export const ecsSchedulesContract = {
  ecs_schedule_role_arns: mapOf(
    roleArn,
    "ARN of the role with which EventBridge Scheduler starts each scheduled task, by task",
  ),
} as const satisfies Contract;

/** Published if the environment has Lambda functions. */
export const lambdaRolesContract = {
  lambda_role_arns: mapOf(roleArn, "ARN of the role that each function has, by function"),
} as const satisfies Contract;

/** Published if the environment has an EKS cluster. */
export const eksRolesContract = {
  eks_cluster_role_arn: one(roleArn, "ARN of the role of the EKS cluster"),
  eks_node_role_arn: one(roleArn, "ARN of the role of the nodes, with which they pull images"),
  eks_pod_execution_role_arn: one(
    roleArn,
    "ARN of the role with which Fargate pods are started and their images pulled",
  ),
} as const satisfies Contract;

/** Published if the file of a cluster has `autoMode`, on or off. */
export const autoModeContract = {
  eks_auto_node_role_arn: one(roleArn, "ARN of the role of the nodes that EKS Auto Mode creates"),
} as const satisfies Contract;

/** Published if a workload of the cluster has a role (`podRolesOf`). */
export const podRolesContract = {
  eks_pod_role_arns: mapOf(roleArn, "ARN of the role that the pods of each workload have, by workload"),
} as const satisfies Contract;
