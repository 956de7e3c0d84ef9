import fc from "fast-check";
import { expect, test } from "vitest";
import {
  beginningsOf,
  emptySeries,
  lastDays,
  periodOf,
  periodsOf,
} from "../../../../../scripts/ecr/metrics/time-window";

const now = fc.date({ min: new Date("2016-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
const days = fc.integer({ min: 1, max: 455 });

test("the window has the days asked for, begins at full hours or days in UTC, and holds now in its last period", () => {
  fc.assert(
    fc.property(now, days, (time, count) => {
      const window = lastDays(count, time);
      const periods = periodsOf(window);
      expect(periods).toBe(count <= 3 ? count * 24 : count);
      expect(emptySeries(window)).toHaveLength(periods);
      expect(window.start.getTime() % (window.period * 1000)).toBe(0);
      expect(periodOf(time, window)).toBe(periods - 1);
      expect(periodOf(new Date(window.start.getTime() - 1), window)).toBeUndefined();
      expect(periodOf(window.end, window)).toBeUndefined();
    }),
  );
});

test("each time is in the period that begins last before it", () => {
  fc.assert(
    fc.property(now, days, fc.integer({ min: 0, max: 455 * 86_400_000 }), (time, count, ago) => {
      const window = lastDays(count, time);
      const then = new Date(time.getTime() - ago);
      const begun = beginningsOf(window).filter((beginning) => beginning <= then).length;
      expect(periodOf(then, window)).toBe(begun === 0 ? undefined : begun - 1);
    }),
    { numRuns: 60 },
  );
});
