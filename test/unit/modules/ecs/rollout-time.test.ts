import fc from "fast-check";
import { expect, test } from "vitest";
import {
  failingRounds,
  failureTakes,
  type Rollout,
  rollbackTakes,
  successTakes,
  waitMinutes,
} from "../../../../modules/ecs/rollout-time";

/** Starts tasks in groups, counts each failure, and stops at half the number of tasks, at least 3 and at most 200. */
function roundsUntilBroken(taskCount: number): number {
  let rounds = 0;
  for (let failures = 0; taskCount > 0 && failures < Math.min(Math.max(taskCount / 2, 3), 200); rounds += 1)
    failures += taskCount;
  return rounds;
}

test("the circuit breaker ends a deployment after as many rounds as it takes to count its failures", () => {
  const wrong = Array.from({ length: 5001 }, (_, count) => count).filter(
    (count) => failingRounds(count) !== roundsUntilBroken(count),
  );

  expect(wrong).toEqual([]);
  expect([0, 1, 2, 3, 1000].map(failingRounds)).toEqual([0, 3, 2, 1, 1]);
});

const least: Rollout = { taskCount: 1, startSeconds: 0, graceSeconds: 0, stopSeconds: 30 };
const target = { intervalSeconds: 30, healthyThreshold: 3, unhealthyThreshold: 3, drainSeconds: 30 };

test("a task fails when the first of its checks has failed and the grace period is over", () => {
  const noticed = (rollout: Partial<Rollout>) => failureTakes({ ...least, taskCount: 3, ...rollout }) - 150;

  expect(noticed({})).toBe(0);
  expect(noticed({ containerFailsAfterSeconds: 105 })).toBe(105);
  expect(noticed({ containerFailsAfterSeconds: 105, target }) - 30).toBe(105);
  expect(noticed({ containerFailsAfterSeconds: 400, target }) - 30).toBe(120);
  expect(noticed({ containerFailsAfterSeconds: 105, graceSeconds: 300, target }) - 30).toBe(300);
});

test("Terraform waits as the provider does, unless a deployment can take longer", () => {
  expect(waitMinutes({ ...least, target, graceSeconds: 60 })).toBeUndefined();
  expect(waitMinutes({ ...least, target, graceSeconds: 600 })).toBe(39);
});

test("Terraform waits for the end of every deployment, whether it succeeds or not", () => {
  const rollouts = fc.record({
    taskCount: fc.integer({ min: 0, max: 50 }),
    startSeconds: fc.integer({ min: 0, max: 300 }),
    graceSeconds: fc.integer({ min: 0, max: 7200 }),
    stopSeconds: fc.integer({ min: 2, max: 120 }),
    target: fc.record({
      intervalSeconds: fc.integer({ min: 5, max: 300 }),
      healthyThreshold: fc.integer({ min: 2, max: 10 }),
      unhealthyThreshold: fc.integer({ min: 2, max: 10 }),
      drainSeconds: fc.integer({ min: 0, max: 3600 }),
    }),
  });
  const short = fc
    .sample(rollouts, 300)
    .filter(
      (rollout) => (waitMinutes(rollout) ?? 20) * 60 < Math.max(failureTakes(rollout), successTakes(rollout)),
    );

  expect(short).toEqual([]);
});

test("a deployment that shifts traffic takes the steps and the bake time longer", () => {
  const rolling = { ...least, target };
  const shift = { strategy: "CANARY", stepPercent: 5, stepMinutes: 10, bakeMinutes: 30 } as const;

  expect(successTakes({ ...rolling, shift }) - successTakes(rolling)).toBe(300 + 40 * 60);
  expect(waitMinutes({ ...rolling, shift })).toBe(49);
});

test("with alarms, Terraform also waits for the end of the rollback", () => {
  const rolling = { ...least, target, alarms: true };
  const shift = { strategy: "BLUE_GREEN", bakeMinutes: 30 } as const;
  // A rolling deployment starts the old tasks again; after a shift, they still run.
  const [again, back] = [120 + 30 + 60, 300 + 60];

  expect(rollbackTakes({ ...rolling, alarms: false })).toBe(0);
  expect([rollbackTakes(rolling), rollbackTakes({ ...rolling, shift })]).toEqual([again, back]);
  expect(waitMinutes(rolling)).toBe(Math.ceil((3 * 3600 + 2 * again) / 60));
  expect(waitMinutes({ ...rolling, shift })).toBe(Math.ceil((210 + 300 + 1800 + back) / 60));
});
