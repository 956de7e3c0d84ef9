import { expect, test } from "vitest";
import { withoutSpot } from "../../../../scripts/ecs/service-connection";

const fargate = { capacityProvider: "FARGATE", base: 1, weight: 1 };

test("a task that somebody waits for does not run on Spot, and otherwise on what the service has", () => {
  expect(withoutSpot([fargate, { capacityProvider: "FARGATE_SPOT", weight: 3 }])).toEqual([
    { capacityProvider: "FARGATE", weight: 1 },
  ]);
  expect(withoutSpot([fargate])).toEqual([fargate]);
  expect(withoutSpot(undefined)).toEqual([]);
});
