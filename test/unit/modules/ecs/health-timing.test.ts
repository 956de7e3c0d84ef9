import fc from "fast-check";
import { expect, test } from "vitest";
import { graceNeeded, healthyAfter, type TargetHealthCheck } from "../../../../modules/ecs/health-timing";

/**
 * A load balancer as its documents describe it, second by second: a new target is healthy after one success, an unhealthy one
 * after `healthyThreshold`, and any is unhealthy after `unhealthyThreshold` failures in a row.
 *
 * @returns when the target is healthy for good, and when it was last unhealthy
 */
function simulate(startSeconds: number, check: TargetHealthCheck, first: number) {
  let state: "new" | "healthy" | "unhealthy" = "new";
  let successes = 0;
  let failures = 0;
  let lastUnhealthy: number | undefined;
  for (let time = first; ; time += check.intervalSeconds) {
    if (time >= startSeconds) {
      successes += 1;
      failures = 0;
    } else failures += 1;
    if (failures >= check.unhealthyThreshold) state = "unhealthy";
    if (state === "new" && successes >= 1) state = "healthy";
    if (state === "unhealthy" && successes >= check.healthyThreshold) state = "healthy";
    if (state === "healthy") return { healthyAt: time, lastUnhealthy };
    if (state === "unhealthy") lastUnhealthy = time + check.intervalSeconds;
  }
}

const cases = fc.record({
  startSeconds: fc.integer({ min: 0, max: 600 }),
  check: fc.record({
    intervalSeconds: fc.integer({ min: 5, max: 60 }),
    healthyThreshold: fc.integer({ min: 2, max: 10 }),
    unhealthyThreshold: fc.integer({ min: 2, max: 10 }),
  }),
});

/** The results for every second at which the first check can come. */
const runsOf = (startSeconds: number, check: TargetHealthCheck) =>
  Array.from({ length: check.intervalSeconds }, (_, second) => simulate(startSeconds, check, second));

test("a task is healthy at the latest when the formula says, and not much earlier", () => {
  const wrong = fc.sample(cases, 300).flatMap(({ startSeconds, check }) => {
    const latest = Math.max(...runsOf(startSeconds, check).map(({ healthyAt }) => healthyAt));
    const said = healthyAfter(startSeconds, check);
    return latest <= said && said - latest <= 1 + (startSeconds === 0 ? check.intervalSeconds : 0)
      ? []
      : [{ startSeconds, check, latest, said }];
  });

  expect(wrong).toEqual([]);
});

test("with the grace period that is needed, ECS never stops a task that is starting; with less, it can", () => {
  const wrong = fc.sample(cases, 300).flatMap(({ startSeconds, check }) => {
    const unhealthyUntil = Math.max(
      0,
      ...runsOf(startSeconds, check).map(({ lastUnhealthy }) => lastUnhealthy ?? 0),
    );
    const needed = graceNeeded(startSeconds, check);
    return unhealthyUntil <= needed && needed - unhealthyUntil <= 1
      ? []
      : [{ startSeconds, check, unhealthyUntil, needed }];
  });

  expect(wrong).toEqual([]);
});
