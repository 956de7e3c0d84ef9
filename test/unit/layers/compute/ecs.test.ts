import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { stateReads } from "../../../../scripts/runner/state-reads";
import { minimal, only } from "../../../support/environments/minimal";
import { certificateArn, image, type ServiceInput } from "../../../support/environments/one-service";
import { behind, computeWith, one, outputOf } from "../../../support/layers/one-service-compute";
import { type StackJson, synth } from "../../../support/synth";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const containerOf = (json: StackJson) =>
  JSON.parse(one(json, "aws_ecs_task_definition")["container_definitions"])[0];

const full = {
  ...behind,
  image: { repository: "app", digest },
  cpu: 1024,
  memory: 2048,
  cpuArchitecture: "ARM64",
  environment: { LOG_LEVEL: "info" },
  secrets: { PASSWORD: "database" },
  autoscaling: { minCount: 2, maxCount: 6 },
  healthCheckCommand: ["CMD", "check"],
  writablePaths: ["/tmp"],
} as const satisfies ServiceInput;

test("an environment without ECS has no cluster and no output of one", () => {
  const { output, resource } = computeWith({}, { ecs: undefined });

  expect(Object.keys(output).toSorted()).toEqual([
    "contract_version",
    "ecr_registry_ids",
    "ecr_repository_arns",
    "ecr_repository_names",
    "ecr_repository_urls",
  ]);
  expect(Object.keys(resource).filter((type) => type.startsWith("aws_ecs"))).toEqual([]);
});

test("the cluster has Fargate only and collects metrics, unless the file says otherwise", () => {
  const insights = [true, false].map((containerInsights) => {
    const json = computeWith({}, { ecs: { containerInsights } });
    expect(one(json, "aws_ecs_cluster_capacity_providers")).toMatchObject({
      capacity_providers: ["FARGATE"],
    });
    return one(json, "aws_ecs_cluster")["setting"];
  });

  expect(insights).toEqual([
    [{ name: "containerInsights", value: "enabled" }],
    [{ name: "containerInsights", value: "disabled" }],
  ]);
});

test("the log group of Container Insights is created before the cluster, with a retention period and the logs key", () => {
  const name = "/aws/ecs/containerinsights/acme-test/performance";
  const json = computeWith({}, { ecs: { containerInsights: true, logRetentionDays: 90 } });
  const groups = Object.entries<StackJson>(json["resource"].aws_cloudwatch_log_group);
  const [address, group] = groups.find(([, one]) => one["name"] === name) ?? [];

  expect(group).toMatchObject({
    retention_in_days: 90,
    kms_key_id: "${data.terraform_remote_state.security.outputs.logs_kms_key_arn}",
  });
  expect(one(json, "aws_ecs_cluster")["depends_on"]).toEqual([`aws_cloudwatch_log_group.${address}`]);
  expect(address).toMatchInlineSnapshot(`"ecs_cluster_insights"`);
  const without = computeWith({}, { ecs: { containerInsights: false } });
  expect(JSON.stringify(without)).not.toContain("containerinsights");
});

test.each([true, false])(
  "the logs key encrypts the log group of Container Insights if it is on: %s",
  (on) => {
    const { "security-test": json } = synth(only({ ...minimal, ecs: { containerInsights: on } }));
    const key = Object.values<StackJson>(json?.["resource"].aws_kms_key).find(({ policy }) =>
      JSON.stringify(policy).includes("UseByLogGroups"),
    );

    expect(JSON.stringify(key).includes("log-group:/aws/ecs/containerinsights/acme-test/*")).toBe(on);
  },
);

test("a service runs its image with the roles and the network of the layers below", () => {
  const json = computeWith({});

  const [repository] = Object.keys(json["resource"].aws_ecr_repository);
  expect(containerOf(json)).toMatchObject({
    name: "web",
    image: `\${aws_ecr_repository.${repository}.repository_url}:v1`,
    readonlyRootFilesystem: true,
  });
  expect(one(json, "aws_ecs_task_definition")).toMatchObject({
    family: "acme-test-web",
    requires_compatibilities: ["FARGATE"],
    network_mode: "awsvpc",
    cpu: "256",
    memory: "512",
    runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "X86_64" },
    execution_role_arn: outputOf("security", "ecs_execution_role_arn"),
    task_role_arn: outputOf("security", "ecs_task_role_arns.web"),
  });
  expect(one(json, "aws_ecs_service")).toMatchObject({
    name: "acme-test-web",
    desired_count: 1,
    capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
    platform_version: "LATEST",
    network_configuration: { assign_public_ip: false, subnets: outputOf("network", "private_subnet_ids") },
    deployment_circuit_breaker: { enable: true, rollback: true },
    availability_zone_rebalancing: "ENABLED",
    enable_execute_command: false,
    propagate_tags: "SERVICE",
    wait_for_steady_state: true,
  });
});

test("a service has everything that the file says", () => {
  const json = computeWith(full, { security: { secrets: { database: {} } } });

  expect(containerOf(json)).toMatchObject({
    image: expect.stringMatching(new RegExp(`repository_url}@${digest}$`)),
    portMappings: [{ containerPort: 8080 }],
    environment: [{ name: "LOG_LEVEL", value: "info" }],
    secrets: [{ name: "PASSWORD", valueFrom: outputOf("security", "secret_arns.database") }],
    mountPoints: [{ sourceVolume: "0-tmp", containerPath: "/tmp", readOnly: false }],
    healthCheck: { command: ["CMD", "check"] },
  });
  expect(one(json, "aws_ecs_task_definition")).toMatchObject({
    cpu: "1024",
    memory: "2048",
    runtime_platform: { cpu_architecture: "ARM64" },
    volume: [{ name: "0-tmp" }],
  });
  expect(one(json, "aws_ecs_service")).toMatchObject({
    load_balancer: [{ container_name: "web", container_port: 8080 }],
    health_check_grace_period_seconds: 60,
  });
});

test("a slow start has the times that the file says, a grace period that they need, and a wait that is long enough", () => {
  const json = computeWith({
    port: 8080,
    healthCheckCommand: ["CMD", "check"],
    healthCheckIntervalSeconds: 20,
    healthCheckTimeoutSeconds: 10,
    healthCheckRetries: 5,
    healthCheckStartPeriodSeconds: 300,
    loadBalancer: {
      certificateArn,
      healthCheckPath: "/ready",
      healthCheckStatusCodes: "200,204",
      healthCheckIntervalSeconds: 15,
      healthCheckTimeoutSeconds: 6,
      healthyThreshold: 2,
      unhealthyThreshold: 4,
      deregistrationDelaySeconds: 120,
      slowStartSeconds: 60,
      stickiness: { cookieName: "session" },
    },
  });

  expect(containerOf(json)["healthCheck"]).toEqual({
    command: ["CMD", "check"],
    interval: 20,
    timeout: 10,
    retries: 5,
    startPeriod: 300,
  });
  expect(one(json, "aws_lb_target_group")).toMatchObject({
    deregistration_delay: "120",
    health_check: {
      path: "/ready",
      matcher: "200,204",
      interval: 15,
      timeout: 6,
      healthy_threshold: 2,
      unhealthy_threshold: 4,
    },
    slow_start: 60,
    stickiness: { enabled: true, type: "app_cookie", cookie_duration: 86400, cookie_name: "session" },
  });
  expect(one(json, "aws_ecs_service")).toMatchObject({
    health_check_grace_period_seconds: 330,
    timeouts: { create: "30m", update: "30m", delete: "30m" },
  });
});

test("a grace period in the file is used as it is, also without a load balancer", () => {
  const graceOf = (options: Partial<ServiceInput>) =>
    one(computeWith(options), "aws_ecs_service")["health_check_grace_period_seconds"];

  expect(graceOf({ ...behind, healthCheckGracePeriodSeconds: 0 })).toBe(0);
  expect(graceOf({ healthCheckCommand: ["CMD", "check"], healthCheckGracePeriodSeconds: 90 })).toBe(90);
  expect(graceOf({ healthCheckCommand: ["CMD", "check"] })).toBeUndefined();
});

test("Terraform ignores the task definitions of a pipeline, and keeps those that the service may run", () => {
  const managed = {
    image: { ...image, managedBy: "pipeline" },
    autoscaling: { minCount: 1, maxCount: 2 },
  } as const;
  const json = computeWith(managed);

  expect(one(json, "aws_ecs_service")["lifecycle"]).toEqual({
    ignore_changes: ["desired_count", "task_definition"],
  });
  expect(one(json, "aws_ecs_task_definition")["skip_destroy"]).toBe(true);
  expect(one(computeWith({}), "aws_ecs_task_definition")).not.toHaveProperty("skip_destroy");
});

const withProxy = {
  memory: 1024,
  ephemeralStorageGib: 40,
  secrets: { USER: { secret: "database", key: "user" } },
  dependsOn: { proxy: "START" },
  logs: { options: { Name: "datadog" }, secretOptions: { apikey: "database" } },
  containers: {
    proxy: { image: { repository: "app", digest }, essential: false, memoryReservation: 128 },
    router: { image, logRouter: { type: "fluentbit" }, secrets: { KEY: "database" } },
  },
} as const satisfies Partial<ServiceInput>;

test("further containers run beside that of the service, and write to its log group", () => {
  const json = computeWith(withProxy, { security: { secrets: { database: {} } } });

  const task = one(json, "aws_ecs_task_definition");
  const secret = outputOf("security", "secret_arns.database");
  expect(task["ephemeral_storage"]).toEqual({ size_in_gib: 40 });
  expect(JSON.parse(task["container_definitions"])).toMatchObject([
    {
      name: "web",
      essential: true,
      secrets: [{ name: "USER", valueFrom: `${secret}:user::` }],
      dependsOn: [{ containerName: "proxy", condition: "START" }],
      logConfiguration: { secretOptions: [{ name: "apikey", valueFrom: secret }] },
    },
    {
      name: "proxy",
      image: expect.stringMatching(new RegExp(`repository_url}@${digest}$`)),
      essential: false,
      readonlyRootFilesystem: true,
      memoryReservation: 128,
      logConfiguration: { options: { "awslogs-stream-prefix": "proxy" } },
    },
    {
      name: "router",
      secrets: [{ name: "KEY", valueFrom: secret }],
      firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
    },
  ]);
});

test("a service waits for the first push of every container", () => {
  const awaiting = computeWith({
    containers: { proxy: { image: { repository: "app", awaitsFirstPush: true } } },
  });

  expect(awaiting["resource"]).not.toHaveProperty("aws_ecs_task_definition");
  expect(awaiting["resource"]).not.toHaveProperty("aws_ecs_service");
});

test("the task that a deployment is rolled back to is there until the service has left it", () => {
  expect(one(computeWith({}), "aws_ecs_task_definition")).toMatchObject({
    lifecycle: { create_before_destroy: true },
  });
});

test("a log group is made for the service, encrypted and kept as long as the file says", () => {
  const ecs = { containerInsights: false, logRetentionDays: 365, services: { web: { image } } } as const;
  const json = computeWith({}, { ecs });

  expect(one(json, "aws_cloudwatch_log_group")).toEqual({
    name: "/ecs/acme-test/web",
    retention_in_days: 365,
    kms_key_id: outputOf("security", "logs_kms_key_arn"),
  });
});

test("autoscaling moves the number of tasks, and Terraform lets it", () => {
  const json = computeWith(full, { security: { secrets: { database: {} } } });

  expect(one(json, "aws_appautoscaling_target")).toMatchObject({ min_capacity: 2, max_capacity: 6 });
  expect(one(json, "aws_appautoscaling_policy")).toMatchObject({
    target_tracking_scaling_policy_configuration: {
      target_value: 60,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
    },
  });
  expect(one(json, "aws_ecs_service")).toMatchObject({
    desired_count: 2,
    lifecycle: { ignore_changes: ["desired_count"], postcondition: [expect.anything()] },
  });
});

test("a fixed number of tasks is Terraform's", () => {
  const service = one(computeWith({ desiredCount: 3 }), "aws_ecs_service");

  expect(service).toMatchObject({ desired_count: 3 });
  expect(service["lifecycle"]).not.toHaveProperty("ignore_changes");
});

test("a deployment fails where ECS has rolled it back to another task definition", () => {
  const json = computeWith({});

  const [task] = Object.keys(json["resource"].aws_ecs_task_definition);
  expect(one(json, "aws_ecs_service")).toMatchObject({
    wait_for_steady_state: true,
    lifecycle: {
      postcondition: [
        {
          condition: `\${(self.task_definition == aws_ecs_task_definition.${task}.arn)}`,
          error_message:
            "ECS rolled acme-test-web back: its new tasks did not start or did not become healthy. Look at the events of the service and at its log group.",
        },
      ],
    },
  });
});

test("a service waits for its capacity, its rules and the listener of its load balancer", () => {
  const json = computeWith(behind);

  const https = Object.entries<StackJson>(json["resource"].aws_lb_listener).find(
    ([, { port }]) => port === 443,
  );
  const rules = (way: string, more: (rule: StackJson) => boolean = () => true) =>
    Object.entries<StackJson>(json["resource"][`aws_vpc_security_group_${way}_rule`])
      .filter(([, rule]) => more(rule))
      .map(([name]) => `aws_vpc_security_group_${way}_rule.${name}`);
  const dependencies = one(json, "aws_ecs_service")["depends_on"];
  expect(dependencies.toSorted()).toEqual(
    [
      expect.stringMatching(/^aws_ecs_cluster_capacity_providers\./),
      `aws_lb_listener.${https?.[0]}`,
      ...rules("egress"),
      ...rules("ingress", ({ description }) => description === "From the load balancer"),
    ].toSorted(),
  );
  expect(rules("egress")).toHaveLength(3);
});

test("before the first push everything is made but the task and the service", () => {
  const pushed = computeWith({ ...behind, autoscaling: { minCount: 1, maxCount: 2 } });
  const awaiting = computeWith({
    ...behind,
    autoscaling: { minCount: 1, maxCount: 2 },
    image: { repository: "app", awaitsFirstPush: true },
  });

  const addresses = (json: StackJson) =>
    Object.entries<StackJson>(json["resource"]).flatMap(([type, named]) =>
      Object.keys(named).map((id) => `${type}.${id}`),
    );
  const later = addresses(pushed).filter((address) => !addresses(awaiting).includes(address));
  expect(later.map((address) => address.split(".")[0]).toSorted()).toEqual([
    "aws_appautoscaling_policy",
    "aws_appautoscaling_target",
    "aws_ecs_service",
    "aws_ecs_task_definition",
  ]);
  expect(addresses(awaiting).filter((address) => !addresses(pushed).includes(address))).toEqual([]);
  expect(awaiting["output"].ecs_service_names.value).toEqual({});
  expect(Object.keys(awaiting["output"].load_balancer_dns_names.value)).toEqual(["web"]);
});

test("cluster, services and load balancers are outputs, by name", () => {
  const { output, resource } = computeWith(
    {},
    { ecs: { services: { web: { image, ...behind }, worker: { image } } } },
  );

  const address = (type: string, name: string) =>
    `${type}.${Object.entries<StackJson>(resource[type]).find(([, found]) => found["name"] === name)?.[0]}`;
  expect(output.ecs_cluster_name.value).toBe(`\${${address("aws_ecs_cluster", "acme-test")}.name}`);
  expect(output.ecs_service_names.value).toEqual({
    web: `\${${address("aws_ecs_service", "acme-test-web")}.name}`,
    worker: `\${${address("aws_ecs_service", "acme-test-worker")}.name}`,
  });
  expect(output.load_balancer_dns_names.value).toEqual({
    web: `\${${address("aws_lb", "acme-test-web")}.dns_name}`,
  });
});

test("compute reads what the other layers publish, and a cluster without services nothing of the network", () => {
  const outputs = (change: Partial<EnvironmentInput>) =>
    stateReads({ "compute-test": computeWith(behind, change) })
      .flatMap((read) => read.outputs)
      .filter((name) => name !== "contract_version")
      .toSorted();

  expect(outputs({})).toEqual([
    "ecs_execution_role_arn",
    "ecs_task_role_arns",
    "logs_kms_key_arn",
    "private_subnet_ids",
    "public_subnet_ids",
    "vpc_cidr_block",
    "vpc_id",
  ]);
  expect(outputs({ ecs: {}, network: undefined })).toEqual(["logs_kms_key_arn"]);
  expect(outputs({ ecs: { containerInsights: false }, network: undefined })).toEqual([]);
});
