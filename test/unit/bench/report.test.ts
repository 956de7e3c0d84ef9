import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { benchmarksPage, type Row, targetResult } from "../../../bench/report";

test.each([
  [[1.1, 1.25], "meets it at every size"],
  [[1.26, 1.3], "meets it at no size; the ratio is 1.26 to 1.30"],
  [[1.64, 1.55, 1.06], "meets it at 1,000 repositories; at 10 and 100, the ratio is 1.55 to 1.64"],
  [[1.2, 1.26, 1.06], "meets it at 10 and 1,000 repositories; at 100, the ratio is 1.26"],
])("the result for the ratios %j is computed from them", (ratios, result) => {
  expect(targetResult(ratios.map((ratio, index) => ({ repositories: 10 * 10 ** index, ratio })))).toBe(
    result,
  );
});

/** The cells of the table rows below a heading, as numbers. */
function cellsBelow(page: string, heading: string): number[][] {
  const [section = ""] = page.split(`### ${heading}\n`)[1]?.split("\n#") ?? [];
  return [...section.matchAll(/^\| ([\d,.| ]+) \|$/gm)].map(([, row = ""]) =>
    row.split(" | ").map((cell) => Number(cell.replace(",", ""))),
  );
}

test("the committed page is what its figures give, except for the date and the machine", () => {
  const page = readFileSync("docs/benchmarks.md", "utf8");
  const commands = cellsBelow(page, "The whole command");
  const rows = cellsBelow(page, "Synth alone").map((cells, index): Row => {
    const run = (column: number) => ({
      wallSeconds: cells[1 + column] ?? Number.NaN,
      cpuSeconds: cells[4 + column] ?? Number.NaN,
      mebibytes: cells[7 + column] ?? Number.NaN,
    });
    const [repositories = Number.NaN, a = Number.NaN, b = Number.NaN, ratio = Number.NaN] =
      commands[index] ?? [];
    return { repositories, a: run(0), b: run(1), ratio: run(2), commands: { a, b, ratio } };
  });
  const withoutMachine = (text: string) => text.replace(/^\d{4}-\d\d-\d\d, Node\.js .* cores\.$/m, "");

  expect(rows).toHaveLength(4);
  expect(withoutMachine(benchmarksPage(rows))).toBe(withoutMachine(page));
});
