import { port, roleName } from "./consumer-parts";
import { ecsTask } from "./ecs-task";
import { arn, atMost, type Limits, limitedBy, nameIn, pages, range, under } from "./limit";

const docs = "https://docs.aws.amazon.com";

const tasks = range(pages.ecs);
const targetGroup = range(`${docs}/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html`);
const targetAttribute = range(
  `${docs}/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html`,
);

const capacity = range(`${docs}/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html`);
const connectTimeout = range(`${docs}/AmazonECS/latest/APIReference/API_TimeoutConfiguration.html`);
const conditions = `${docs}/elasticloadbalancing/latest/application/rule-condition-types.html`;
const balancerQuotas = `${docs}/elasticloadbalancing/latest/application/load-balancer-limits.html`;
const headerCondition = `${docs}/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html`;
const shift = (strategy: string) => `${docs}/AmazonECS/latest/APIReference/API_${strategy}Configuration.html`;

/** Limits of the options of a target group. */
const targets: Limits = {
  healthCheckIntervalSeconds: targetGroup,
  healthCheckTimeoutSeconds: targetGroup,
  healthyThreshold: targetGroup,
  unhealthyThreshold: targetGroup,
  healthCheckStatusCodes: atMost(
    399,
    "codes and ranges from 200 to 499, separated by commas; 50 of them here",
    `${docs}/elasticloadbalancing/latest/APIReference/API_Matcher.html`,
  ),
  deregistrationDelaySeconds: targetAttribute,
  slowStartSeconds: targetAttribute,
  "stickiness.durationSeconds": targetAttribute,
  "stickiness.cookieName": atMost(
    256,
    "characters of a cookie name; not `AWSALB`, `AWSALBAPP` and `AWSALBTG`",
    `${docs}/elasticloadbalancing/latest/application/sticky-sessions.html`,
  ),
  healthCheckPath: atMost(
    1024,
    "the path of a URL",
    `${docs}/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html`,
  ),
};

const certificate = arn(
  2048,
  "the ARN of a certificate in the same account and Region",
  `${docs}/acm/latest/APIReference/API_DescribeCertificate.html`,
);

/** Limits of who can reach a load balancer. */
const reach: Limits = {
  allowedCidrBlocks: atMost(30, "two rules each, of 60 by default", pages.vpc),
  "allowedCidrBlocks[]": atMost(18, "an IPv4 range", pages.vpc),
};

const schedulePage = `${docs}/scheduler/latest/APIReference/API_CreateSchedule.html`;
const retryPolicy = range(`${docs}/scheduler/latest/APIReference/API_RetryPolicy.html`);

const scheduledTask: Limits = {
  ...ecsTask,
  schedule: atMost(256, "`cron(…)`, `rate(…)` or `at(…)`", schedulePage),
  timeZone: atMost(50, "a name in the time zone database", schedulePage),
  flexibleWindowMinutes: range(`${docs}/scheduler/latest/APIReference/API_FlexibleTimeWindow.html`),
  taskCount: range(`${docs}/scheduler/latest/APIReference/API_EcsParameters.html`),
  maximumRetryAttempts: retryPolicy,
  maximumEventAgeSeconds: retryPolicy,
};

const scalingQuotas = `${docs}/autoscaling/application/userguide/application-auto-scaling-limits.html`;
const scalingSchedule = `${docs}/autoscaling/application/APIReference/API_PutScheduledAction.html`;

const ecsService: Limits = {
  ...ecsTask,
  port,
  desiredCount: tasks,
  "autoscaling.minCount": tasks,
  "autoscaling.maxCount": tasks,
  ...under("autoscaling", {
    cpuTargetPercent: range("project"),
    memoryTargetPercent: range("project"),
    requestsPerTask: range("project"),
    scaleOutCooldownSeconds: range("project"),
    scaleInCooldownSeconds: range("project"),
    schedules: atMost(200, "scheduled actions for a service", scalingQuotas),
    "schedules.<name>@": atMost(100, "lowercase letters and digits with single hyphens", scalingSchedule),
    "schedules.<name>.schedule": atMost(1600, "`cron(…)`, `rate(…)` or `at(…)`", scalingSchedule),
    "schedules.<name>.timeZone": atMost(1600, "a name in the time zone database", scalingSchedule),
    "schedules.<name>.minCount": tasks,
    "schedules.<name>.maxCount": tasks,
  }),
  ...under("capacity", { spotWeight: capacity, onDemandWeight: capacity, onDemandBase: capacity }),
  healthCheckGracePeriodSeconds: range(
    `${docs}/AmazonECS/latest/developerguide/service_definition_parameters.html`,
  ),
  ...under("loadBalancer", { certificateArn: certificate, ...targets, ...reach }),
  ...under("sharedLoadBalancer", {
    name: nameIn("ecs.loadBalancers"),
    hosts: limitedBy("5 together with `paths` and `testHeader`", balancerQuotas),
    "hosts[]": atMost(128, "6 of `*` and `?` in all", conditions),
    paths: limitedBy("5 together with `hosts` and `testHeader`", balancerQuotas),
    "paths[]": atMost(128, "6 of `*` and `?` in all", conditions),
    priority: range(`${docs}/elasticloadbalancing/latest/APIReference/API_CreateRule.html`),
    ...targets,
  }),
  ...under("deployment", {
    alarms: atMost(100, "no limit of AWS", "project"),
    "alarms[]": atMost(255, "", `${docs}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`),
    ...under("ownAlarms", {
      serverErrorPercent: range("project"),
      unhealthyMinutes: range("project"),
      cpuPercent: range("project"),
      memoryPercent: range("project"),
    }),
    bakeMinutes: range(
      "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
    ),
    stepPercent: range(shift("Linear")),
    stepMinutes: range(shift("Linear")),
    "testHeader.name": atMost(40, "the name of a header", headerCondition),
    "testHeader.value": atMost(128, "printable ASCII characters", headerCondition),
  }),
  ...under("serviceConnect", {
    "server.alias": atMost(
      127,
      "lowercase letters, digits and `_.-`",
      `${docs}/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html`,
    ),
    "server.aliasPort": port,
    "server.idleTimeoutSeconds": connectTimeout,
    "server.requestTimeoutSeconds": connectTimeout,
    connectsTo: limitedBy("60 clients of one server, by default", pages.vpc),
    "connectsTo[]": nameIn("ecs.services"),
  }),
};

/** Limits of the options of ECS services and scheduled tasks. */
export const ecsLimits: Limits = under("ecs", {
  logRetentionDays: range(pages.logs),
  loadBalancers: atMost(50, "in a Region by default", balancerQuotas),
  "loadBalancers.<name>@": atMost(255, "lowercase letters and digits with single hyphens", "project"),
  ...under("loadBalancers.<name>", {
    certificateArns: atMost(26, "one of them the default", balancerQuotas),
    "certificateArns[]": certificate,
    ...reach,
  }),
  fileSystems: atMost(1000, "in a Region", `${docs}/efs/latest/ug/limits.html`),
  "fileSystems.<name>@": atMost(
    40,
    "lowercase letters and digits with single hyphens; 64 with the names of project and environment",
    `${docs}/efs/latest/ug/API_CreateFileSystem.html`,
  ),
  "fileSystems.<name>.id": atMost(
    43,
    "`fs-` and hexadecimal digits",
    `${docs}/efs/latest/ug/API_FileSystemDescription.html`,
  ),
  "fileSystems.<name>.infrequentAccessAfterDays": range(`${docs}/efs/latest/ug/API_LifecyclePolicy.html`),
  services: atMost(5000, "in a cluster", pages.ecs),
  "services.<name>@": roleName("lowercase letters and digits with single hyphens"),
  ...under("services.<name>", ecsService),
  scheduledTasks: limitedBy(
    "quota of schedules in the account",
    `${docs}/scheduler/latest/UserGuide/scheduler-quotas.html`,
  ),
  "scheduledTasks.<name>@": roleName("lowercase letters and digits with single hyphens"),
  ...under("scheduledTasks.<name>", scheduledTask),
});
