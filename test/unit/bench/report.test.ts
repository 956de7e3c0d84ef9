import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ComparisonName, Comparisons } from "../../../bench/comparisons";
import { benchmarksPage } from "../../../bench/report";
import type { Row } from "../../../bench/targets";

const headings: Readonly<Record<ComparisonName, string>> = {
  fourStacks: "With its type check",
  fourStacksUnchecked: "Without a type check",
  repositories: "Repositories alone, with its type check",
  repositoriesUnchecked: "Repositories alone, without a type check",
  awsCdk: "Without validation",
  awsCdkByDefault: "With its default validation",
  replicas: "Replicated to two Regions",
};

/** The rows of the table below a heading. */
function rowsBelow(page: string, heading: string): Row[] {
  const [section = ""] = page.split(`### ${heading}\n`)[1]?.split("\n#") ?? [];
  return [...section.matchAll(/^\| (\d[\d,]* \|.*) \|$/gm)].map(([, text = ""]) => {
    const cells = text.split(" | ").map((cell) => Number(cell.replace(",", "")));
    const run = (column: number) => ({
      cpuSeconds: cells[1 + column] ?? Number.NaN,
      wallSeconds: cells[4 + column] ?? Number.NaN,
      mebibytes: cells[7 + column] ?? Number.NaN,
    });
    return { repositories: cells[0] ?? Number.NaN, ours: run(0), other: run(1), ratio: run(2) };
  });
}

const captured = (page: string, pattern: RegExp): string => pattern.exec(page)?.[1] ?? "";

test("the committed page is what its figures give", () => {
  const page = readFileSync("docs/explanation/benchmarks.md", "utf8");
  const byName = Object.entries(headings).map(([name, heading]) => ({
    name,
    rows: rowsBelow(page, heading),
  }));
  const bySize = [0, 1, 2, 3].map(
    (index) =>
      Object.fromEntries(byName.map(({ name, rows }) => [name, rows[index]])) as unknown as Comparisons,
  );

  for (const { rows } of byName)
    expect(rows.map(({ repositories }) => repositories)).toEqual([10, 100, 1_000, 10_000]);
  expect(
    benchmarksPage({
      setting: captured(page, /^(\d{4}-\d\d-\d\d, Node\.js .* cores)\.$/m),
      rounds: Number(captured(page, /^Measured rounds: (\d+)/m)),
      awsCdkVersion: captured(page, /aws-cdk-lib (\S+),/),
      bySize,
    }),
  ).toBe(page);
});

/** Results where every comparison has the same row at a size. */
function pageOf(rows: readonly Row[]): string {
  const bySize = rows.map(
    (row) => Object.fromEntries(Object.keys(headings).map((name) => [name, row])) as unknown as Comparisons,
  );
  return benchmarksPage({ setting: "2026-11-28", rounds: 5, awsCdkVersion: "2.276.0", bySize });
}

function row(repositories: number, cpuSeconds: number, ratio: number): Row {
  const ours = { cpuSeconds, wallSeconds: 1, mebibytes: 100 };
  return { repositories, ours, other: ours, ratio: { cpuSeconds: ratio, wallSeconds: 1, mebibytes: 1.2 } };
}

test("memory counts against CDKTF and not against the AWS CDK, whose default validation has no target", () => {
  const page = pageOf([row(10, 0.5, 0.9)]);
  const below = (name: ComparisonName) => page.split(`### ${headings[name]}\n`)[1]?.split("\n#")[0] ?? "";

  expect(below("fourStacks")).toContain("Missed at every size.");
  expect(below("fourStacks")).toContain("| missed: peak memory |");
  expect(below("repositoriesUnchecked")).toContain("| missed: peak memory |");
  expect(below("awsCdk")).toContain("Met at every size.");
  expect(below("awsCdk")).toContain("| met |");
  expect(below("awsCdkByDefault")).not.toMatch(/target/i);
});

test("the exponent is printed with its result", () => {
  expect(pageOf([row(1_000, 1, 1), row(10_000, 20, 1)])).toContain("| four stacks | 1.30 | missed |");
  expect(pageOf([row(1_000, 1, 1), row(10_000, 10, 1)])).toContain("| four stacks | 1.00 | met |");
});

test("the exponent is left out if a size was not measured", () => {
  expect(pageOf([row(1_000, 1, 1)])).not.toContain("## Growth");
});
