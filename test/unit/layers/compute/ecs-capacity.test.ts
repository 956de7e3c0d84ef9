import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { revisionPlan } from "../../../../scripts/review/revisions/revision-plan";
import {
  type EcsInput,
  image,
  problemsWith,
  type ServiceInput,
  withService,
} from "../../../support/environments/one-service";
import { type StackJson, synth } from "../../../support/synth";

type Capacity = ServiceInput["capacity"];

const computeWith = (capacity: Capacity, ecs: Partial<EcsInput> = {}) => {
  const services = { web: { image, ...(capacity && { capacity }) } };
  return synth(withService({}, { ecs: { services, ...ecs } }))["compute-test"] as StackJson;
};
const all = (json: StackJson, type: string): StackJson[] => Object.values(json["resource"][type] ?? {});
const service = (capacity: Capacity) => all(computeWith(capacity), "aws_ecs_service")[0];

test("a service runs some of its tasks on Spot, and a change of that starts a deployment of the same service", () => {
  expect(service({ spotWeight: 3 })).toMatchObject({
    force_new_deployment: true,
    capacity_provider_strategy: [
      { capacity_provider: "FARGATE", base: 1, weight: 1 },
      { capacity_provider: "FARGATE_SPOT", weight: 3 },
    ],
  });
  expect(service({ spotWeight: 1, onDemandWeight: 0, onDemandBase: 0 })).toMatchObject({
    capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", weight: 1 }],
  });
});

test("the cluster offers Spot as long as a service names its capacity, and the service without it is as before", () => {
  const providers = (capacity: Capacity, ecs: Partial<EcsInput> = {}) =>
    all(computeWith(capacity, ecs), "aws_ecs_cluster_capacity_providers")[0]?.["capacity_providers"];
  const task = { image, schedule: "rate(1 day)" };

  expect(providers(undefined)).toEqual(["FARGATE"]);
  expect(providers({ spotWeight: 1 })).toEqual(["FARGATE", "FARGATE_SPOT"]);
  expect(providers({ spotWeight: 0 })).toEqual(["FARGATE", "FARGATE_SPOT"]);
  expect(providers(undefined, { scheduledTasks: { report: task } })).toEqual(["FARGATE"]);
  expect(providers(undefined, { scheduledTasks: { report: { ...task, spot: true } } })).toEqual([
    ...["FARGATE", "FARGATE_SPOT"],
  ]);
  expect(service(undefined)).not.toHaveProperty("force_new_deployment");
  expect(service({ spotWeight: 0 })?.["capacity_provider_strategy"]).toEqual(
    service(undefined)?.["capacity_provider_strategy"],
  );
});

test("a scheduled task runs on Spot if it says so", () => {
  const strategies = (spot: boolean) =>
    all(
      computeWith(undefined, { scheduledTasks: { report: { image, schedule: "rate(1 day)", spot } } }),
      "aws_scheduler_schedule",
    ).map(({ target }) => target.ecs_parameters.capacity_provider_strategy);

  expect(strategies(true)).toEqual([[{ capacity_provider: "FARGATE_SPOT", weight: 1 }]]);
  expect(strategies(false)).toEqual([[{ capacity_provider: "FARGATE", weight: 1 }]]);
});

test("the review expects that a service stays when it moves to Spot, and that it is replaced when the option goes", () => {
  const actions = (before: Capacity, after: Capacity) =>
    revisionPlan(computeWith(before), computeWith(after))
      .resource_changes?.filter(({ type }) => type === "aws_ecs_service")
      .map(({ change }) => change.actions);

  expect(actions(undefined, { spotWeight: 1 })).toEqual([["update"]]);
  expect(actions({ spotWeight: 1 }, { spotWeight: 9 })).toEqual([["update"]]);
  expect(actions({ spotWeight: 1 }, { spotWeight: 0 })).toEqual([["update"]]);
  expect(actions({ spotWeight: 0 }, undefined)).toEqual([["update"]]);
  expect(actions({ spotWeight: 1 }, undefined)).toEqual([["delete", "create"]]);
});

test("fails when ECS would start no task, or would ignore the base", () => {
  expect(problemsWith({ capacity: { spotWeight: 0, onDemandWeight: 0 } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.capacity.spotWeight: found 0; ECS starts no task if both weights are 0; set spotWeight or onDemandWeight to 1 or more",
    ]
  `);
  expect(problemsWith({ capacity: { spotWeight: 1, onDemandWeight: 0 } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.capacity.onDemandWeight: found 0; ECS starts no tasks on a capacity provider with weight 0, so onDemandBase (1) would have no effect; set onDemandWeight to 1 or more, or onDemandBase: 0",
    ]
  `);
  expect(problemsWith({ capacity: { spotWeight: 1001, onDemandBase: -1 } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.capacity.spotWeight: found 1001; a weight is a whole number from 0 to 1000; use a number such as 1",
      "environments/test.ts: ecs.services.web.capacity.onDemandBase: found -1; this is a number of tasks; use a whole number from 0 to 100000",
    ]
  `);
});

const warnings = (options: Partial<ServiceInput>, change: Parameters<typeof withService>[1] = {}) =>
  warningsOf(loadEnvironments(withService(options, change))).filter((line) => line.includes("[spot-unfit]"));
const production = {
  tier: "production",
  ecr: { encryptionType: "KMS", repositories: { app: { imageTagMutability: "IMMUTABLE" } } },
} as const;

test("warns of services and tasks that Spot does not suit", () => {
  const allOnSpot = { spotWeight: 1, onDemandBase: 0 };

  expect(warnings({ capacity: { spotWeight: 1 } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.capacity: The service has at most 1 task, and onDemandBase is 1, so no task runs on Spot. Lower onDemandBase, or remove this option. [spot-unfit]",
    ]
  `);
  expect(warnings({ capacity: allOnSpot })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.capacity: The service can have a single task, and AWS can stop it at any time; ECS starts another one only if Spot has capacity. Set onDemandBase: 1 and run at least two tasks, or remove this option. [spot-unfit]",
    ]
  `);
  expect(warnings({ capacity: allOnSpot, desiredCount: 3 }, production)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.capacity: All tasks can run on Spot, and AWS can stop them all at the same time. Set onDemandBase to the minimum number of tasks that production needs. [spot-unfit]",
    ]
  `);
  const ecs = { scheduledTasks: { report: { image, schedule: "rate(1 day)", spot: true } } };
  expect(warnings({}, { ...production, ecs })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.scheduledTasks.report.spot: AWS can stop this task at any time, and nothing starts it again before the next time of the schedule. Remove this option, or accept the warning if the work can wait. [spot-unfit]",
    ]
  `);
});

test("does not warn of a service with enough tasks, or that leaves Spot", () => {
  expect([
    ...warnings({ capacity: { spotWeight: 1 }, desiredCount: 2 }, production),
    ...warnings({ capacity: { spotWeight: 1 }, autoscaling: { minCount: 1, maxCount: 2 } }),
    ...warnings({ capacity: { spotWeight: 1, onDemandBase: 0 }, desiredCount: 2 }),
    ...warnings({ capacity: { spotWeight: 0 } }, production),
    ...warnings({}, { ecs: { scheduledTasks: { report: { image, schedule: "rate(1 day)", spot: true } } } }),
  ]).toEqual([]);
});
