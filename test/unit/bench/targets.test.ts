import { expect, test } from "vitest";
import {
  exponent,
  exponentResult,
  type Measures,
  type Row,
  rowResult,
  targetStatement,
} from "../../../bench/targets";

const everything: Measures = ["cpuSeconds", "wallSeconds", "mebibytes"];

function row(repositories: number, ratios: readonly number[], oursCpuSeconds = 1): Row {
  const [cpuSeconds = 1, wallSeconds = 1, mebibytes = 1] = ratios;
  const run = { cpuSeconds: 1, wallSeconds: 1, mebibytes: 100 };
  return {
    repositories,
    ours: { ...run, cpuSeconds: oursCpuSeconds },
    other: run,
    ratio: { cpuSeconds, wallSeconds, mebibytes },
  };
}

test.each([
  [[1, 1, 1], everything, "met"],
  [[1.004, 0.5, 0.99], everything, "met"],
  [[1.01, 0.5, 0.99], everything, "missed: CPU time"],
  [[0.9, 1.3, 1.01], everything, "missed: wall time, peak memory"],
  [[0.9, 0.9, 1.6], ["cpuSeconds", "wallSeconds"] as Measures, "met"],
  [[Number.NaN, 1, 1], everything, "missed: CPU time"],
])("a row with the ratios %j for %j: %s", (ratios, measures, result) => {
  expect(rowResult(row(10, ratios), measures)).toBe(result);
});

test.each([
  [[1, 0.8, 0.99], "Met at every size."],
  [[1.01, 1.5, 2], "Missed at every size."],
  [[1.64, 1.55, 1], "Met at 1,000 repositories, missed at 10 and 100."],
  [[1, 1.01, 0.5, 0.4], "Met at 10, 1,000, and 10,000 repositories, missed at 100."],
])("the statement for the CPU time ratios %j is computed from them", (ratios, result) => {
  const rows = ratios.map((ratio, index) => row(10 ** (index + 1), [ratio]));

  expect(targetStatement(rows, ["cpuSeconds"], "bare's")).toBe(
    `Target: CPU time of at most 1.00 times bare's. ${result}`,
  );
});

test("a statement names every measure that has a target", () => {
  expect(targetStatement([row(10, [1, 1, 1])], everything, "bare's")).toBe(
    "Target: CPU time, wall time, and peak memory of at most 1.00 times bare's. Met at every size.",
  );
});

test.each([
  [1, 10, 1],
  [2, 200, 2],
  [1.5, 1.5, 0],
])(
  "CPU time that grows from %d to %d s for ten times the repositories has the exponent %d",
  (from, to, expected) => {
    expect(exponent(row(1_000, [], from), row(10_000, [], to))).toBeCloseTo(expected, 10);
  },
);

test("the exponent allows for sizes that are not ten times apart", () => {
  expect(exponent(row(100, [], 1), row(400, [], 16))).toBeCloseTo(2, 10);
});

test.each([
  [1.05, "met"],
  [1.054, "met"],
  [1.06, "missed"],
  [Number.NaN, "missed"],
])("the exponent %d has %s its target", (value, result) => {
  expect(exponentResult(value)).toBe(result);
});
