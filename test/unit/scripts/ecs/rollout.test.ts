import type { Deployment } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { awaitRollout } from "../../../../scripts/ecs/rollout";

const own = (change: Partial<Deployment>): Deployment => ({
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
async function rollout(looks: readonly (readonly Deployment[])[], timeout = 600) {
  const lines: string[] = [];
  let look = 0;
  let waited = 0;
  const end = await awaitRollout(
    { next: "new", former: "old" },
    async () => ({ deployments: [...(looks[Math.min(look++, looks.length - 1)] ?? [])] }),
    {
      timeout,
      report: (line) => lines.push(line),
      wait: async (milliseconds) => {
        waited += milliseconds;
      },
    },
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
