import type { AttributePath } from "../terraform-plan";

/** Every argument but tags. */
const every = "every argument";

const names = ["name", "name_prefix"];

const target = ["resource_id", "scalable_dimension", "service_namespace"];

/**
 * The arguments that force a replacement, by type: those that the AWS provider marks "Forces new resource". An
 * argument of a block has its name in front, e.g. `access_config.bootstrap_cluster_creator_admin_permissions`. No schema says
 * it: a test asks the provider for a plan of every argument that the stacks set. A type that is not here counts as never
 * replaced.
 *
 * A lifecycle policy is replaced on every change: https://github.com/hashicorp/terraform-provider-aws/issues/49624
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs the page of each type
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
 */
export const forcedNew: Readonly<Record<string, readonly string[] | typeof every>> = {
  aws_appautoscaling_policy: ["name", ...target],
  aws_appautoscaling_scheduled_action: ["name", ...target],
  aws_appautoscaling_target: target,
  aws_cloudwatch_dashboard: ["dashboard_name"],
  aws_cloudwatch_event_rule: [...names, "event_bus_name"],
  aws_cloudwatch_event_target: ["rule", "target_id", "event_bus_name"],
  aws_cloudwatch_log_group: [...names, "log_group_class"],
  aws_cloudwatch_log_metric_filter: ["name", "log_group_name"],
  aws_cloudwatch_log_resource_policy: ["policy_name"],
  aws_cloudwatch_metric_alarm: ["alarm_name"],
  aws_default_security_group: ["vpc_id"],
  aws_ecr_account_setting: ["name"],
  aws_ecr_lifecycle_policy: ["repository", "policy"],
  aws_ecr_pull_through_cache_rule: [
    "ecr_repository_prefix",
    "upstream_registry_url",
    "upstream_repository_prefix",
  ],
  aws_ecr_repository: ["name", "encryption_configuration"],
  aws_ecr_repository_creation_template: ["prefix"],
  aws_ecr_repository_policy: ["repository"],
  aws_ecrpublic_repository: ["repository_name"],
  aws_ecs_cluster: ["name"],
  aws_ecs_cluster_capacity_providers: ["cluster_name"],
  // The strategy before 6.15, and without `force_new_deployment`: https://github.com/hashicorp/terraform-provider-aws/pull/43533
  aws_ecs_service: ["capacity_provider_strategy", "cluster", "name", "launch_type", "scheduling_strategy"],
  aws_ecs_task_definition: every,
  aws_efs_access_point: every,
  aws_efs_backup_policy: ["file_system_id"],
  aws_efs_file_system: [
    "availability_zone_name",
    "creation_token",
    "encrypted",
    "kms_key_id",
    "performance_mode",
  ],
  aws_efs_file_system_policy: ["file_system_id"],
  aws_efs_mount_target: ["file_system_id", "subnet_id", "ip_address", "ip_address_type", "ipv6_address"],
  aws_eip: ["domain", "network_border_group", "public_ipv4_pool"],
  aws_eks_access_entry: ["cluster_name", "principal_arn", "type"],
  aws_eks_access_policy_association: every,
  aws_eks_addon: ["addon_name", "cluster_name"],
  aws_eks_cluster: [
    ...["access_config.bootstrap_cluster_creator_admin_permissions", "bootstrap_self_managed_addons"],
    ...["compute_config.node_role_arn", "name", "role_arn"],
  ],
  aws_eks_fargate_profile: every,
  aws_eks_node_group: [
    ...["ami_type", "capacity_type", "cluster_name", "disk_size", "instance_types", "launch_template.id"],
    ...["launch_template.name", "node_group_name", "node_role_arn", "remote_access", "subnet_ids"],
  ],
  aws_eks_pod_identity_association: ["cluster_name", "namespace", "service_account"],
  aws_flow_log: every,
  aws_iam_openid_connect_provider: ["url"],
  aws_iam_policy: [...names, "path", "description"],
  aws_iam_role: [...names, "path"],
  aws_iam_role_policy: [...names, "role"],
  aws_iam_role_policy_attachment: ["role", "policy_arn"],
  aws_kms_alias: names,
  aws_kms_key: ["customer_master_key_spec", "key_usage", "multi_region", "custom_key_store_id"],
  aws_lambda_alias: ["function_name", "name"],
  aws_lambda_function: ["function_name", "package_type"],
  aws_launch_template: names,
  aws_lb: [...names, "internal", "load_balancer_type"],
  aws_lb_listener: ["load_balancer_arn"],
  aws_lb_listener_certificate: every,
  aws_lb_listener_rule: ["listener_arn"],
  aws_lb_target_group: [...names, "port", "protocol", "protocol_version", "target_type", "vpc_id"],
  aws_nat_gateway: ["allocation_id", "subnet_id", "connectivity_type"],
  aws_route: ["route_table_id", "destination_cidr_block", "destination_ipv6_cidr_block"],
  aws_route_table: ["vpc_id"],
  aws_route_table_association: ["subnet_id", "gateway_id"],
  aws_s3_bucket: ["bucket", "bucket_prefix", "object_lock_enabled"],
  aws_s3_bucket_lifecycle_configuration: ["bucket"],
  aws_s3_bucket_ownership_controls: ["bucket"],
  aws_s3_bucket_policy: ["bucket"],
  aws_s3_bucket_public_access_block: ["bucket"],
  aws_s3_bucket_server_side_encryption_configuration: ["bucket"],
  aws_s3_bucket_versioning: ["bucket"],
  aws_scheduler_schedule: ["group_name", "name"],
  aws_scheduler_schedule_group: ["name"],
  aws_secretsmanager_secret: names,
  aws_secretsmanager_secret_policy: ["secret_arn"],
  aws_security_group: [...names, "description", "vpc_id"],
  aws_service_discovery_http_namespace: ["name", "description"],
  aws_signer_signing_profile: [...names, "platform_id", "signature_validity_period", "signing_material"],
  aws_sns_topic: [...names, "fifo_topic"],
  aws_sns_topic_policy: ["arn"],
  aws_sns_topic_subscription: ["topic_arn", "protocol", "endpoint"],
  aws_sqs_queue: [...names, "fifo_queue"],
  aws_subnet: ["vpc_id", "cidr_block", "availability_zone"],
  aws_vpc: ["cidr_block"],
  aws_vpc_endpoint: ["vpc_id", "service_name", "vpc_endpoint_type"],
  aws_vpc_security_group_egress_rule: ["security_group_id"],
  aws_vpc_security_group_ingress_rule: ["security_group_id"],
};

/** Arguments of which only a change replaces the resource, and not their first value. */
const setInPlace: Readonly<Record<string, readonly string[]>> = { aws_eks_cluster: ["compute_config"] };

/**
 * Whether a resource stays although an argument has another value: it gets its first value, e.g. because EKS Auto Mode is turned on,
 * or an ECS service has another strategy and starts a deployment.
 */
export function isSetInPlace(
  type: string,
  [argument]: AttributePath,
  { before, after }: { readonly before: object; readonly after: object },
): boolean {
  if (type === "aws_ecs_service" && argument === "capacity_provider_strategy")
    return argument in before && argument in after && "force_new_deployment" in after;
  const known = Object.hasOwn(setInPlace, type) ? setInPlace[type] : undefined;
  return (
    typeof argument === "string" && known?.includes(argument) === true && !Object.hasOwn(before, argument)
  );
}

/** Whether a new value at a path replaces a resource: the value of an argument, of a part of it, or of a block around it. */
export function forcesNew(type: string, path: AttributePath): boolean {
  const [argument = ""] = path;
  if (argument === "provider") return true;
  const forced = Object.hasOwn(forcedNew, type) ? forcedNew[type] : undefined;
  if (forced === every) return argument !== "tags";
  const names = path.filter((key) => typeof key === "string");
  return (
    forced?.some((one) => one.split(".").every((name, depth) => (names[depth] ?? name) === name)) === true
  );
}
