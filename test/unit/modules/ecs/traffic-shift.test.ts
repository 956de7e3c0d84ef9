import fc from "fast-check";
import { expect, test } from "vitest";
import { shiftConfig, shiftTakes, type TrafficShift } from "../../../../modules/ecs/traffic-shift";

const minutes = fc.integer({ min: 0, max: 1440 });
const steps = { bakeMinutes: minutes, stepPercent: fc.integer({ min: 1, max: 100 }), stepMinutes: minutes };
const shifts: fc.Arbitrary<TrafficShift> = fc.oneof(
  fc.record({ strategy: fc.constant("BLUE_GREEN" as const), bakeMinutes: minutes }),
  fc.record({ strategy: fc.constantFrom("LINEAR", "CANARY"), ...steps }),
);

/** Moves traffic step by step, and waits after each step that leaves some with the old tasks. */
function simulated(shift: TrafficShift): number {
  let waited = 0;
  let moved = 0;
  while (moved < 100) {
    if (shift.strategy === "BLUE_GREEN") moved = 100;
    else if (shift.strategy === "CANARY") moved = moved === 0 ? shift.stepPercent : 100;
    else moved += shift.stepPercent;
    if (moved < 100 && shift.strategy !== "BLUE_GREEN") waited += shift.stepMinutes;
  }
  return waited + shift.bakeMinutes;
}

test("a shift takes as long as its steps and its bake time", () => {
  fc.assert(fc.property(shifts, (shift) => shiftTakes(shift) === simulated(shift)));
});

test("AWS gets the times as texts, and only what belongs to the strategy", () => {
  const step = { bakeMinutes: 15, stepPercent: 5, stepMinutes: 10 };

  expect(shiftConfig({ strategy: "BLUE_GREEN", bakeMinutes: 15 })).toEqual({
    strategy: "BLUE_GREEN",
    bakeTimeInMinutes: "15",
  });
  expect(shiftConfig({ strategy: "LINEAR", ...step })).toEqual({
    strategy: "LINEAR",
    bakeTimeInMinutes: "15",
    linearConfiguration: { stepPercent: 5, stepBakeTimeInMinutes: "10" },
  });
  expect(shiftConfig({ strategy: "CANARY", ...step })).toEqual({
    strategy: "CANARY",
    bakeTimeInMinutes: "15",
    canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: "10" },
  });
});
