import type { Deployment } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { awaitRollout } from "../../../../scripts/ecs/rollout";
import type { DeploymentDetails } from "../../../../scripts/ecs/service-deployment";

const own = (change: Partial<Deployment>): Deployment => ({
  id: "ecs-svc/1",
  taskDefinition: "new",
  status: "PRIMARY",
  rolloutState: "IN_PROGRESS",
  desiredCount: 2,
  runningCount: 0,
  pendingCount: 2,
  failedTasks: 0,
  ...change,
});
const former: Deployment = { taskDefinition: "old", status: "ACTIVE", rolloutState: "COMPLETED" };

/** What is reported and how it ends when a service looks like this, one time after the other. */
async function rollout(
  looks: readonly (readonly Deployment[])[],
  timeout = 600,
  details: readonly (DeploymentDetails | undefined)[] = [],
  shifts = false,
) {
  const asked: string[] = [];
  const lines: string[] = [];
  let look = 0;
  let waited = 0;
  const end = await awaitRollout(
    { next: "new", former: "old" },
    {
      describe: async () => ({ deployments: [...(looks[Math.min(look++, looks.length - 1)] ?? [])] }),
      deployment: async (id) => details[Math.min(asked.push(id), details.length) - 1],
    },
    {
      timeout,
      report: (line) => lines.push(line),
      wait: async (milliseconds) => {
        waited += milliseconds;
      },
    },
    shifts,
  );
  return { ...end, lines, waited };
}

test("a deployment is completed when ECS says so, and each change is reported once", async () => {
  expect(
    await rollout([
      [own({}), former],
      [own({}), former],
      [own({ runningCount: 2, pendingCount: 0 }), former],
      [own({ rolloutState: "COMPLETED" })],
    ]),
  ).toMatchInlineSnapshot(`
    {
      "lines": [
        "0 of 2 tasks running, 2 pending, 0 failed",
        "2 of 2 tasks running, 0 pending, 0 failed",
      ],
      "reason": "",
      "state": "completed",
      "waited": 30000,
    }
  `);
});

test("a deployment has failed when ECS says so, or rolls it back in a deployment of the former revision", async () => {
  const rolledBack = "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.";
  const ends = [
    await rollout([[own({ rolloutState: "FAILED", rolloutStateReason: "tasks failed to start" })]]),
    await rollout([
      [own({})],
      [
        { taskDefinition: "old", status: "PRIMARY", rolloutStateReason: rolledBack },
        own({ status: "ACTIVE", rolloutState: "IN_PROGRESS" }),
      ],
    ]),
  ];

  expect(ends.map(({ state, reason }) => [state, reason])).toEqual([
    ["failed", "tasks failed to start"],
    ["failed", rolledBack],
  ]);
});

test("a deployment that another one replaces has neither succeeded nor failed", async () => {
  const { state, reason } = await rollout([[own({})], [{ taskDefinition: "newer", status: "PRIMARY" }]]);

  expect([state, reason]).toEqual(["replaced", "the service now runs newer"]);
});

test("a deployment that is still in progress at the timeout ends the wait", async () => {
  const { state, waited } = await rollout([[own({})]], 60);

  expect([state, waited]).toEqual(["timeout", 60_000]);
});

test("a response from before the update is not taken for a rollback", async () => {
  const before = { ...former, status: "PRIMARY" };

  expect((await rollout([[before], [own({ rolloutState: "COMPLETED" }), former]])).state).toBe("completed");
  expect((await rollout([[own({}), before], [before]])).state).toBe("failed");
});

test("an alarm that rolls a deployment back is named", async () => {
  const triggered = { alarms: { triggeredAlarmNames: ["errors", "latency"] } };
  const failed = [[own({ rolloutState: "FAILED", rolloutStateReason: "ECS rolls back." })]];

  expect((await rollout(failed, 600, [triggered])).reason).toBe(
    "The alarms errors, latency rolled the deployment back. ECS rolls back.",
  );
  expect((await rollout(failed, 600, [undefined])).reason).toBe("ECS rolls back.");
});

test("a deployment that shifts traffic is over when ECS says so, and not when its tasks run", async () => {
  const running = own({ runningCount: 2, pendingCount: 0, rolloutState: "COMPLETED" });
  const { state, lines, waited } = await rollout(
    [[former], [running, former]],
    600,
    [
      undefined,
      { status: "IN_PROGRESS", lifecycleStage: "PRODUCTION_TRAFFIC_SHIFT" },
      { status: "IN_PROGRESS", lifecycleStage: "BAKE_TIME" },
      { status: "SUCCESSFUL" },
    ],
    true,
  );

  expect([state, waited]).toEqual(["completed", 40_000]);
  expect(lines.slice(1)).toEqual([
    "2 of 2 tasks running, 0 pending, 0 failed",
    "2 of 2 tasks running, 0 pending, 0 failed, stage PRODUCTION_TRAFFIC_SHIFT",
    "2 of 2 tasks running, 0 pending, 0 failed, stage BAKE_TIME",
  ]);
});

test.each([
  "STOP_REQUESTED",
  "STOPPED",
  "ROLLBACK_IN_PROGRESS",
  "ROLLBACK_SUCCESSFUL",
  "ROLLBACK_FAILED",
] as const)("a deployment that shifts traffic has failed when it is in %s", async (status) => {
  const details = { status, alarms: { triggeredAlarmNames: ["errors"] } };
  const { state, reason } = await rollout([[own({}), former]], 600, [details], true);

  expect([state, reason]).toEqual(["failed", `The alarm errors rolled the deployment back. ${status}`]);
});
