import { expect, test } from "vitest";
import {
  certificateArn,
  problemsWith,
  type ServiceInput,
  withService,
} from "../../../support/environments/one-service";
import { type StackJson, synth } from "../../../support/synth";

const computeWith = (autoscaling: object, service: Partial<ServiceInput> = {}) =>
  synth(withService({ autoscaling: { minCount: 2, maxCount: 6, ...autoscaling }, ...service }))[
    "compute-test"
  ] as StackJson;

const all = (json: StackJson, type: string): StackJson[] => Object.values(json["resource"][type] ?? {});

test("each target has a policy, and all have the same cooldowns", () => {
  const json = computeWith(
    {
      memoryTargetPercent: 75,
      requestsPerTask: 1000,
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 0,
    },
    { port: 8080, loadBalancer: { certificateArn } },
  );
  const policies = all(json, "aws_appautoscaling_policy").map(
    ({ name, target_tracking_scaling_policy_configuration: configuration }) => [name, configuration],
  );
  const cooldowns = { scale_in_cooldown: 0, scale_out_cooldown: 60 };

  expect(Object.fromEntries(policies)).toEqual({
    "acme-test-web-cpu": {
      ...cooldowns,
      target_value: 60,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
    },
    "acme-test-web-memory": {
      ...cooldowns,
      target_value: 75,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageMemoryUtilization" },
    },
    "acme-test-web-requests": {
      ...cooldowns,
      target_value: 1000,
      predefined_metric_specification: {
        predefined_metric_type: "ALBRequestCountPerTarget",
        resource_label: expect.stringMatching(
          /^\$\{aws_lb\..*\.arn_suffix\}\/\$\{aws_lb_target_group\..*\.arn_suffix\}$/,
        ),
      },
    },
  });
});

test("schedules change the numbers, which Terraform then leaves alone", () => {
  const schedules = {
    evening: { schedule: "cron(0 22 * * ? *)", timeZone: "Europe/Berlin", minCount: 0, maxCount: 0 },
    morning: { schedule: "cron(0 6 * * ? *)", timeZone: "Europe/Berlin", minCount: 2, maxCount: 6 },
  };
  const json = computeWith({ schedules });

  expect(all(json, "aws_appautoscaling_scheduled_action")).toMatchObject([
    {
      name: "acme-test-web-evening",
      schedule: "cron(0 22 * * ? *)",
      timezone: "Europe/Berlin",
      scalable_target_action: { min_capacity: "0", max_capacity: "0" },
    },
    { name: "acme-test-web-morning", scalable_target_action: { min_capacity: "2", max_capacity: "6" } },
  ]);
  expect(all(json, "aws_appautoscaling_target")).toMatchObject([
    { lifecycle: { ignore_changes: ["min_capacity", "max_capacity"] } },
  ]);
  expect(all(computeWith({}), "aws_appautoscaling_target")[0]).not.toHaveProperty("lifecycle");
});

test("fails when requests are counted without a load balancer", () => {
  expect(
    problemsWith({ autoscaling: { minCount: 1, maxCount: 2, requestsPerTask: 100 } }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.autoscaling.requestsPerTask: found 100; a load balancer counts the requests, and the service has none; add loadBalancer or sharedLoadBalancer, or remove this option",
    ]
  `);
});

test("fails when a schedule changes nothing, has another form, or its minimum is above its maximum", () => {
  const schedules = {
    idle: { schedule: "rate(1 day)" },
    Night: { schedule: "0 22 * * *", minCount: 1 },
    day: { schedule: "cron(0 6 * * ? *)", minCount: 7 },
    low: { schedule: "cron(0 6 * * ? *)", maxCount: 1 },
  };
  expect(problemsWith({ autoscaling: { minCount: 2, maxCount: 6, schedules } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.autoscaling.schedules.Night.schedule: found "0 22 * * *"; a schedule has the form cron(0 3 * * ? *), rate(6 hours) or at(2030-01-31T03:00:00); write cron(…) around the fields, with the year as the sixth and ? as one of the days",
      "environments/test.ts: ecs.services.web.autoscaling.schedules.idle: found "idle"; this schedule changes nothing; add minCount, maxCount or both",
      "environments/test.ts: ecs.services.web.autoscaling.schedules.Night: found "Night"; the name of a schedule has lowercase letters and digits, with single hyphens between them; use a name such as night",
      "environments/test.ts: ecs.services.web.autoscaling.schedules.day.minCount: found 7; maxCount is 6; lower minCount, or set a higher maxCount here",
      "environments/test.ts: ecs.services.web.autoscaling.schedules.low.maxCount: found 1; minCount is 2; raise maxCount, or set a lower minCount here",
    ]
  `);
});

const at = (hour: number, counts: object) => ({ schedule: `cron(0 ${hour} * * ? *)`, ...counts });
const withSchedules = (schedules: object) =>
  problemsWith({ autoscaling: { minCount: 2, maxCount: 10, schedules } as never });

test("fails when a schedule leaves a number of another schedule that does not suit its own", () => {
  const low = { evening: at(22, { maxCount: 2 }), morning: at(6, { minCount: 4 }) };
  expect(withSchedules(low)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.autoscaling.schedules.evening.maxCount: found 2; the schedule "morning" sets minCount to 4, and this schedule leaves it; set both in this schedule",
      "environments/test.ts: ecs.services.web.autoscaling.schedules.morning.minCount: found 4; the schedule "evening" sets maxCount to 2, and this schedule leaves it; set both in this schedule",
    ]
  `);

  const lowest = {
    evening: at(22, { minCount: 0, maxCount: 0 }),
    morning: at(6, { minCount: 1 }),
    noon: at(12, { minCount: 5, maxCount: 10 }),
    night: at(23, { maxCount: 4 }),
  };
  expect(withSchedules(lowest)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.autoscaling.schedules.morning.minCount: found 1; the schedule "evening" sets maxCount to 0, and this schedule leaves it; set both in this schedule",
      "environments/test.ts: ecs.services.web.autoscaling.schedules.night.maxCount: found 4; the schedule "noon" sets minCount to 5, and this schedule leaves it; set both in this schedule",
    ]
  `);
});

test("schedules that set both numbers, or suit each other, are fine", () => {
  const both = {
    evening: at(22, { minCount: 0, maxCount: 0 }),
    morning: at(6, { minCount: 2, maxCount: 10 }),
  };
  expect(withSchedules(both)).toEqual([]);
  expect(withSchedules({ evening: at(22, { maxCount: 4 }), morning: at(6, { minCount: 4 }) })).toEqual([]);
});
