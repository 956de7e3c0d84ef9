import { expect, test } from "vitest";
import { compareRuns } from "../../../bench/measure";

const run = (cpuSeconds: number, mebibytes = 100) => ({ cpuSeconds, wallSeconds: cpuSeconds, mebibytes });

test("a ratio is the median over the rounds, not the ratio of the medians", () => {
  const { ours, other, ratio } = compareRuns([run(1), run(4), run(9)], [run(4), run(2), run(3)]);

  expect(ours.cpuSeconds).toBe(4);
  expect(other.cpuSeconds).toBe(3);
  expect(ratio.cpuSeconds).toBe(2);
});

test("figures are rounded as they are printed", () => {
  expect(compareRuns([run(1.2345, 99.6)], [run(3.333, 50.2)])).toEqual({
    ours: { cpuSeconds: 1.23, wallSeconds: 1.23, mebibytes: 100 },
    other: { cpuSeconds: 3.33, wallSeconds: 3.33, mebibytes: 50 },
    ratio: { cpuSeconds: 0.37, wallSeconds: 0.37, mebibytes: 1.98 },
  });
});
