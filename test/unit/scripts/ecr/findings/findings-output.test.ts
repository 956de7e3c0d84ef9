import fc from "fast-check";
import { expect, test } from "vitest";
import { asJson, asText } from "../../../../../scripts/ecr/findings/findings-output";
import type { ImageFindings } from "../../../../../scripts/ecr/findings/image-findings";
import { asMarkdown } from "../../../../../scripts/ecr/findings/markdown";
import { colouredSeverity, showsColours } from "../../../../../scripts/ecr/findings/severity-colour";
import { imageFindings } from "../../../../support/findings/random-findings";
import { runs } from "../../../../support/property-runs";

const finding = {
  ...{ id: "CVE-2024-1", severity: "CRITICAL", description: "overflow", fix: "yes" as const },
  ...{ exploit: true, score: 9.8, url: "https://nvd.nist.gov/vuln/detail/CVE-2024-1" },
  ...{ firstSeen: undefined, suppressedBy: undefined },
  packages: [{ name: "openssl", version: "3.0.1", fixedIn: "3.0.2" }],
};
const platform = (name: string, number: number) => ({
  ...{ name, digest: `sha256:${String(number).repeat(64)}`, scanType: "ENHANCED" as const },
  ...{ completedAt: undefined, scan: { state: "done" as const, counts: {} }, findings: [finding] },
});
const found: ImageFindings = {
  ...{ image: "web-app:v1", repositoryName: "acme-web-app", digest: `sha256:${"0".repeat(64)}`, idle: [] },
  platforms: [platform("linux/amd64", 1), platform("linux/arm64", 2)],
};

test("what two platforms have is one row, and the verdict is the last line", () => {
  const text = asText(found, "HIGH", false);

  expect(text.match(/CVE-2024-1/g)).toHaveLength(1);
  expect(text).toMatch(
    /CRITICAL │ CVE-2024-1 \(exploited\) │ openssl │ 3\.0\.1 +│ 3\.0\.2 +│ 9\.8 +│ linux\/amd64 linux\/arm64/,
  );
  expect(text.trimEnd().split("\n").at(-1)).toBe("web-app:v1 fails: 2 findings are HIGH or worse.");
  expect(text).not.toContain("\x1b");
});

test("colours only where they are shown", () => {
  expect(asText(found, "HIGH", true)).toContain("\x1b[31m");
  expect(showsColours({ isTTY: true }, {})).toBe(true);
  expect(showsColours({ isTTY: true }, { NO_COLOR: "1" })).toBe(false);
  expect(showsColours({ isTTY: true }, { NO_COLOR: "" })).toBe(true);
  expect(showsColours({ isTTY: true }, { TERM: "dumb" })).toBe(false);
  expect(showsColours({ isTTY: false }, { CI: "true", FORCE_COLOR: "1" })).toBe(false);
  expect(colouredSeverity("HIGH", false)).toBe("HIGH");
});

test("JSON has every finding and the counts that the verdict rests on", () => {
  expect(asJson(found, "HIGH")).toMatchObject({
    passed: false,
    images: [{ platform: "linux/amd64", findings: { CRITICAL: 1 }, failing: 1 }, { platform: "linux/arm64" }],
    findings: [{ id: "CVE-2024-1", platforms: ["linux/amd64", "linux/arm64"], suppressed: null }],
  });
});

test("no text of a package controls the terminal", () => {
  fc.assert(
    fc.property(imageFindings, (any) => {
      expect(asText(any, "LOW", false)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }),
    { numRuns: runs(300) },
  );
});

/** A row of a table: its cells, as GitHub splits them. https://github.github.com/gfm/#tables-extension- */
const cellsOf = (line: string): string[] => line.split(/(?<!\\)\|/).slice(1, -1);

test("every row of the Markdown has the cells of its head, whatever a package is called", () => {
  fc.assert(
    fc.property(imageFindings, (any) => {
      const tables = asMarkdown(any, "LOW")
        .split("\n\n")
        .flatMap((block) => [block.split("\n").filter((line) => line.startsWith("| "))]);
      for (const [head, ...rows] of tables)
        for (const row of rows) expect(cellsOf(row), row).toHaveLength(cellsOf(head ?? "").length);
    }),
    { numRuns: runs(300) },
  );
});

test("Markdown stays within GitHub's comments and says what is left out", () => {
  const many = Array.from({ length: 3000 }, (_, index) => ({ ...finding, id: `CVE-2024-${index}` }));
  const [first] = found.platforms;
  const text = asMarkdown({ ...found, platforms: first ? [{ ...first, findings: many }] : [] }, "HIGH");

  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toMatch(/There is no room for \d+ more findings; `--json` lists all\.\n$/);
});
