import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeReport } from "../../../../../scripts/review/report/report-file";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "report-file-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the summary of a step keeps what others wrote", () => {
  const summary = join(folder, "summary");
  writeReport(join(folder, ".", "summary"), "first\n", summary);
  writeReport(summary, "second\n", summary);

  expect(readFileSync(summary, "utf8")).toBe("first\n\nsecond\n");
});

test.each([undefined, "", "other"])(
  "with the summary %j, another file has only the last report",
  (summary) => {
    const file = join(folder, "report.md");
    writeFileSync(file, "earlier");
    writeReport(file, "report\n", summary);

    expect(readFileSync(file, "utf8")).toBe("report\n");
  },
);
