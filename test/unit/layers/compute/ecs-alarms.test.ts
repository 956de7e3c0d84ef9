import { expect, test } from "vitest";
import { alarmPermission } from "../../../../modules/ci/alarm-permission";
import {
  certificateArn,
  problemsWith,
  type ServiceInput,
  withService,
} from "../../../support/environments/one-service";
import { isAllowed } from "../../../support/iam-evaluator";
import { acmeTest } from "../../../support/managed-environment";
import { type StackJson, synth } from "../../../support/synth";

const balanced = { port: 8080, loadBalancer: { certificateArn } } satisfies Partial<ServiceInput>;
const every = { serverErrorPercent: 5, unhealthyMinutes: 5, cpuPercent: 95, memoryPercent: 90 };

const computeWith = (deployment: ServiceInput["deployment"], service: Partial<ServiceInput> = balanced) =>
  synth(withService({ ...service, deployment }))["compute-test"] as StackJson;
const all = (json: StackJson, type: string): StackJson[] => Object.values(json["resource"][type] ?? {});
const queriesOf = (json: StackJson, kind: string): StackJson[] =>
  all(json, "aws_cloudwatch_metric_alarm").find(({ alarm_name: name }) => name === `acme-test-web-${kind}`)?.[
    "metric_query"
  ];

test("a service has the alarms that it names, next to existing ones, and its deployments wait for them", () => {
  const json = computeWith({ alarms: ["checkout-errors"], ownAlarms: every });
  const [service] = all(json, "aws_ecs_service");
  const names = ["errors", "unhealthy", "cpu", "memory"].map((kind) => `acme-test-web-${kind}`);

  expect(service?.["alarms"]).toEqual({
    alarm_names: ["checkout-errors", ...names],
    enable: true,
    rollback: true,
  });
  expect(
    all(json, "aws_cloudwatch_metric_alarm")
      .map((alarm) => alarm["alarm_name"])
      .toSorted(),
  ).toEqual(names.toSorted());
  expect(
    service?.["depends_on"].filter((address: string) => address.startsWith("aws_cloudwatch_metric_alarm.")),
  ).toHaveLength(4);
});

test("usage is measured of the service, in minutes in a row", () => {
  const [cpu] = all(computeWith({ ownAlarms: { cpuPercent: 95 } }, {}), "aws_cloudwatch_metric_alarm");

  expect(cpu).toMatchObject({
    namespace: "AWS/ECS",
    metric_name: "CPUUtilization",
    dimensions: { ServiceName: "acme-test-web" },
    comparison_operator: "GreaterThanOrEqualToThreshold",
    threshold: 95,
    period: 60,
    evaluation_periods: 3,
    datapoints_to_alarm: 3,
    treat_missing_data: "notBreaching",
  });
});

test("requests are measured of the target group, and of both if ECS shifts traffic", () => {
  const expressions = (json: StackJson) =>
    ["errors", "unhealthy"].map((kind) => queriesOf(json, kind).at(-1)?.["expression"]);

  expect(expressions(computeWith({ ownAlarms: every }))).toEqual([
    "100 * SUM([FILL(failed0, 0)]) / SUM([FILL(requests0, 0)])",
    "SUM([FILL(unhealthy0, 0)])",
  ]);
  expect(expressions(computeWith({ ownAlarms: every, strategy: "blueGreen" }))).toEqual([
    "100 * SUM([FILL(failed0, 0), FILL(failed1, 0)]) / SUM([FILL(requests0, 0), FILL(requests1, 0)])",
    "SUM([FILL(unhealthy0, 0), FILL(unhealthy1, 0)])",
  ]);
  expect(queriesOf(computeWith({ ownAlarms: every }), "errors")[0]?.["metric"]).toMatchObject({
    metric_name: "HTTPCode_Target_5XX_Count",
    dimensions: {
      LoadBalancer: expect.stringMatching(/arn_suffix\}$/),
      TargetGroup: expect.stringMatching(/arn_suffix\}$/),
    },
  });
});

test("they can be kept and not watched", () => {
  const json = computeWith({ ownAlarms: { cpuPercent: 95 }, enableAlarms: false }, {});

  expect(all(json, "aws_ecs_service")[0]?.["alarms"]).toEqual({
    ...{ alarm_names: ["acme-test-web-cpu"], enable: false, rollback: false },
  });
});

test("fails without an alarm, without a load balancer to measure, or when the grace period would set it off", () => {
  expect(problemsWith({ deployment: { ownAlarms: {} } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.deployment.ownAlarms: found {}; this names no alarm; add cpuPercent or another one, or remove it",
    ]
  `);
  expect(problemsWith({ deployment: { ownAlarms: every } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.deployment.ownAlarms.serverErrorPercent: found 5; a load balancer measures this, and the service has none; add loadBalancer or sharedLoadBalancer, or remove this option",
      "environments/test.ts: ecs.services.web.deployment.ownAlarms.unhealthyMinutes: found 5; a load balancer measures this, and the service has none; add loadBalancer or sharedLoadBalancer, or remove this option",
    ]
  `);
  expect(
    problemsWith({
      ...balanced,
      healthCheckGracePeriodSeconds: 300,
      deployment: { ownAlarms: { unhealthyMinutes: 5, cpuPercent: 0 } },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.deployment.ownAlarms.cpuPercent: found 0; CPU utilization is a percentage; use a whole number from 1 to 100",
      "environments/test.ts: ecs.services.web.deployment.ownAlarms.unhealthyMinutes: found 5; new tasks can be unhealthy for the grace period of 300 seconds, and the alarm would fail every deployment; use at least 6",
    ]
  `);
});

test("fails with a way out when no alarm on unhealthy tasks can be longer than the grace period", () => {
  expect(
    problemsWith({
      ...balanced,
      healthCheckGracePeriodSeconds: 3600,
      deployment: { ownAlarms: { unhealthyMinutes: 60 } },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.deployment.ownAlarms.unhealthyMinutes: found 60; new tasks can be unhealthy for the grace period of 3600 seconds, and the alarm would fail every deployment; use a grace period of less than 3600 seconds, or remove this option",
    ]
  `);
});

test("the deploy role manages the alarms of its environment alone", () => {
  const allowed = (name: string) =>
    ["PutMetricAlarm", "DeleteAlarms"].every((action) =>
      isAllowed(alarmPermission(acmeTest), {
        action: `cloudwatch:${action}`,
        resource: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`,
      }),
    );

  expect([allowed("acme-test-web-cpu"), allowed("acme-prod-web-cpu")]).toEqual([true, false]);
});
