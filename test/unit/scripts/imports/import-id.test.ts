import { expect, test } from "vitest";
import { importId, type Resources } from "../../../../scripts/imports/import-id";
import { only } from "../../../support/environments/minimal";
import { everyConsumer } from "../../../support/every-consumer";
import { synth } from "../../../support/synth";

const account = { partition: "aws", accountId: "222233334444", region: "eu-central-1" };

/** The ID of each resource of a stack with every kind of consumer, by its address. */
const stacks = synth(only(everyConsumer));
const ids = Object.fromEntries(
  Object.values(stacks).flatMap((json) => {
    const resources: Resources = json["resource"];
    return Object.entries(resources).flatMap(([type, ofType]) =>
      Object.keys(ofType).map((name) => [
        `${type}.${name}`,
        importId(`${type}.${name}`, { resources, account, places: new Map(), known: new Map() }),
      ]),
    );
  }),
);

const typesWith = (isKnown: boolean) =>
  [
    ...new Set(
      Object.entries(ids)
        .filter(([, id]) => (id !== undefined) === isKnown)
        .map(([address]) => address.split(".")[0]),
    ),
  ].toSorted();

test("the IDs that AWS chooses are in no file", () => {
  expect(typesWith(false)).toMatchInlineSnapshot(`
    [
      "aws_appautoscaling_scheduled_action",
      "aws_cloudwatch_event_target",
      "aws_default_security_group",
      "aws_ecs_task_definition",
      "aws_efs_access_point",
      "aws_efs_backup_policy",
      "aws_efs_file_system",
      "aws_efs_file_system_policy",
      "aws_efs_mount_target",
      "aws_eip",
      "aws_eks_pod_identity_association",
      "aws_flow_log",
      "aws_iam_role_policy",
      "aws_internet_gateway",
      "aws_kms_key",
      "aws_launch_template",
      "aws_lb",
      "aws_lb_listener",
      "aws_lb_listener_rule",
      "aws_lb_target_group",
      "aws_nat_gateway",
      "aws_route",
      "aws_route_table",
      "aws_route_table_association",
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_policy",
      "aws_security_group",
      "aws_service_discovery_http_namespace",
      "aws_sns_topic_subscription",
      "aws_subnet",
      "aws_vpc",
      "aws_vpc_endpoint",
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ]
  `);
});

test("all other resources have the ID that their page in the provider's documentation gives", () => {
  const first = typesWith(true).map((type) =>
    Object.entries(ids).find(([address]) => address.startsWith(`${type}.`)),
  );

  expect(Object.fromEntries(first.map((entry) => entry ?? []))).toMatchInlineSnapshot(`
    {
      "aws_appautoscaling_policy.ecs_services_web_autoscaling_cpu": "ecs/service/acme-full/acme-full-web/ecs:service:DesiredCount/acme-full-web-cpu",
      "aws_appautoscaling_target.ecs_services_web_autoscaling": "ecs/service/acme-full/acme-full-web/ecs:service:DesiredCount",
      "aws_cloudwatch_dashboard.dashboard": "acme-full-ecr",
      "aws_cloudwatch_event_rule.finding_alerts": "acme-full-ecr-alerts",
      "aws_cloudwatch_log_group.flow_logs": "/aws/vpc/acme-full/flow-logs",
      "aws_cloudwatch_log_metric_filter.dashboard_ImagePushes": "/aws/events/acme-full/ecr-image-pushes:ImagePushes",
      "aws_cloudwatch_log_resource_policy.event_delivery": "registry-222233334444-eu-central-1-event-delivery",
      "aws_cloudwatch_metric_alarm.ecs_services_web_watch_cpu": "acme-full-web-cpu",
      "aws_ecr_lifecycle_policy.eu-west-1_app": "acme-full-app",
      "aws_ecr_pull_through_cache_rule.full_hub": "acme-full-hub",
      "aws_ecr_registry_policy.policy": "222233334444",
      "aws_ecr_registry_scanning_configuration.scanning": "222233334444",
      "aws_ecr_replication_configuration.registry": "222233334444",
      "aws_ecr_repository.eu-west-1_app": "acme-full-app",
      "aws_ecr_repository_creation_template.full_hub": "acme-full-hub",
      "aws_ecr_repository_policy.eu-west-1_app": "acme-full-app",
      "aws_ecs_cluster.cluster": "acme-full",
      "aws_ecs_cluster_capacity_providers.capacity": "acme-full",
      "aws_ecs_service.proxy": "acme-full/acme-full-proxy",
      "aws_eks_addon.eks_compute_coredns": "acme-full:coredns",
      "aws_eks_cluster.cluster": "acme-full",
      "aws_eks_fargate_profile.eks_compute_batch": "acme-full:batch",
      "aws_eks_node_group.eks_compute_general": "acme-full:general",
      "aws_iam_openid_connect_provider.ci_github": "arn:aws:iam::222233334444:oidc-provider/token.actions.githubusercontent.com",
      "aws_iam_policy.ci_deploy_further": "arn:aws:iam::222233334444:policy/acme-full-ci-deploy-networks",
      "aws_iam_role.ci_deploy": "acme-full-ci-deploy",
      "aws_iam_role_policy.ci_deploy": "acme-full-ci-deploy:acme-full-ci-deploy",
      "aws_iam_role_policy_attachment.ci_deploy": "acme-full-ci-deploy/arn:aws:iam::222233334444:policy/acme-full-ci-deploy-networks",
      "aws_kms_alias.ecr_key": "alias/acme-full-ecr",
      "aws_lambda_function.resize": "acme-full-resize",
      "aws_s3_bucket.state": "acme-full-tfstate",
      "aws_s3_bucket_lifecycle_configuration.state": "acme-full-tfstate",
      "aws_s3_bucket_ownership_controls.state": "acme-full-tfstate",
      "aws_s3_bucket_policy.state": "acme-full-tfstate",
      "aws_s3_bucket_public_access_block.state": "acme-full-tfstate",
      "aws_s3_bucket_server_side_encryption_configuration.state": "acme-full-tfstate",
      "aws_s3_bucket_versioning.state": "acme-full-tfstate",
      "aws_scheduler_schedule.ecs_scheduled_tasks_report": "acme-full/acme-full-report",
      "aws_scheduler_schedule_group.ecs": "acme-full",
      "aws_signer_signing_profile.images": "acme_full_images",
      "aws_sns_topic.alert": "arn:aws:sns:eu-central-1:222233334444:acme-full-ecr-alerts",
      "aws_sns_topic_policy.alert_topic": "arn:aws:sns:eu-central-1:222233334444:acme-full-ecr-alerts",
      "aws_sqs_queue.ecs_schedules_dead_letters": "https://sqs.eu-central-1.amazonaws.com/222233334444/acme-full-scheduled-tasks",
    }
  `);
});
