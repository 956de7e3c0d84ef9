import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { recordedSection } from "../../../bench/recorded-figures";

const folder = mkdtempSync(join(tmpdir(), "recorded-"));
afterAll(() => rmSync(folder, { recursive: true }));

const figures = {
  date: "2026-11-28",
  machine: "Node.js v20.20.2, linux x64, 2 cores",
  source: "`npm test`",
  columns: ["project", "tests", "wall time, s"],
  rows: [
    ["unit", "1,000", "30"],
    ["commands", "200", "90"],
  ],
};

function sectionOf(content: object): string | undefined {
  const path = join(folder, "figures.json");
  writeFileSync(path, JSON.stringify(content));
  return recordedSection("The test suite", path);
}

test("recorded figures become a section with their date, machine and source", () => {
  expect(sectionOf(figures)).toMatchInlineSnapshot(`
    "## The test suite

    Recorded on 2026-11-28: Node.js v20.20.2, linux x64, 2 cores. Source: \`npm test\`.

    | project | tests | wall time, s |
    | --- | ---: | ---: |
    | unit | 1,000 | 30 |
    | commands | 200 | 90 |
    "
  `);
});

test("fails without a file", () => {
  expect(() => recordedSection("The test suite", join(folder, "absent.json"))).toThrow(/absent\.json/);
});

test.each([
  [{ ...figures, source: "" }, /figures\.json: .*source/s],
  [{ ...figures, date: "yesterday" }, /figures\.json: .*date/s],
  [{ ...figures, rows: [["unit", "1"]] }, /rows\[0\] has 2 cells; columns has 3/],
])("fails when the file has another form (%#)", (content, message) => {
  expect(() => sectionOf(content)).toThrow(message);
});
