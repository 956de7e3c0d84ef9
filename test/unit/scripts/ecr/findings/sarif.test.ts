import Ajv from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../../../../scripts/ecr/findings/finding";
import { findingRows } from "../../../../../scripts/ecr/findings/finding-rows";
import type { ImageFindings } from "../../../../../scripts/ecr/findings/image-findings";
import { asSarif } from "../../../../../scripts/ecr/findings/sarif";
import { imageFindings } from "../../../../support/findings/random-findings";
import schema from "../../../../support/findings/sarif-2.1.0-schema.json";
import { runs } from "../../../../support/property-runs";

/**
 * The published schema (sarif-2.1.0-rtm.5.json of JSON Schema Store, as @microsoft/jest-sarif 1.0.0-beta.0 has it under the MIT
 * license) is of draft 4. What it uses means the same in draft 7, except for the name of its ID.
 */
const { $schema: _draft, id: _id, ...body } = schema;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const isSarif = ajv.compile(body);

interface Log {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string };
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    readonly results: readonly Result[];
  }[];
}
interface Rule {
  readonly id: string;
  readonly helpUri?: string;
  readonly fullDescription: { readonly text: string };
  readonly properties: { readonly "security-severity": string; readonly tags: readonly string[] };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly suppressions?: readonly { readonly justification: string }[];
}

const logOf = (found: ImageFindings) => JSON.parse(JSON.stringify(asSarif(found))) as Log;

test("the schema refuses what is no SARIF", () => {
  expect(isSarif({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  expect(isSarif({ version: "2.1.0", runs: [{ tool: { driver: { name: "a", unknown: 1 } } }] })).toBe(false);
});

test("SARIF is valid, whatever the findings are", () => {
  fc.assert(
    fc.property(imageFindings, (found) => {
      const log = logOf(found);
      expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    }),
    { numRuns: runs(400) },
  );
});

/** https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support */
test("each result has what GitHub code scanning needs", () => {
  fc.assert(
    fc.property(imageFindings, (found) => {
      const [run] = logOf(found).runs;
      const rules = run?.tool.driver.rules ?? [];
      expect(run?.automationDetails.id).toMatch(/^[^/]+\/[^/]+\/$/);
      expect(run?.results).toHaveLength(findingRows(found).length);
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
      for (const { properties, fullDescription } of rules) {
        const score = Number(properties["security-severity"]);
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(10);
        expect(properties.tags).toContain("security");
        expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
        expect(fullDescription.text).not.toBe("");
      }
      for (const { ruleId, ruleIndex, message, locations, partialFingerprints } of run?.results ?? []) {
        expect(rules[ruleIndex]?.id).toBe(ruleId);
        expect(message.text).not.toBe("");
        expect(locations).toHaveLength(1);
        expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^myproject-dev-web-app(\/|$)/);
        expect(locations[0]?.physicalLocation.region.startLine).toBe(1);
        expect(partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]+:1$/);
      }
    }),
    { numRuns: runs(400) },
  );
});

/** The rule of a finding with these properties. */
function ruleOf(change: Partial<Pick<Finding, "severity" | "score" | "url">>) {
  const finding = {
    ...{ id: "CVE-1", severity: "HIGH", description: "d", packages: [], fix: "no" as const },
    ...{
      exploit: undefined,
      score: undefined,
      url: undefined,
      firstSeen: undefined,
      suppressedBy: undefined,
    },
    ...change,
  };
  const platform = { name: "", digest: "sha256:1", scanType: undefined, completedAt: undefined };
  const scan = { state: "done" as const, counts: {} };
  const log = logOf({
    ...{ image: "a", repositoryName: "r", digest: "sha256:0", idle: [] },
    platforms: [{ ...platform, scan, findings: [finding] }],
  });
  return log.runs[0]?.tool.driver.rules[0];
}

/** GitHub: critical is above 9.0, high 7.0 to 8.9, medium 4.0 to 6.9, low 0.1 to 3.9. */
test.each([
  ["CRITICAL", 9.8, "9.8"],
  ["CRITICAL", 7.5, "9.1"],
  ["HIGH", 9.8, "8.9"],
  ["HIGH", undefined, "7.0"],
  ["MEDIUM", 5.3, "5.3"],
  ["LOW", 0, "0.1"],
  ["UNTRIAGED", undefined, "0.1"],
  ["UNTRIAGED", 6.1, "6.1"],
])("%s with the score %s is %s for GitHub", (severity, score, shown) => {
  expect(ruleOf({ severity, score })?.properties["security-severity"]).toBe(shown);
});

test.each([
  ["https://nvd.nist.gov/vuln/detail/CVE-2024-1", true],
  ["http://a.example:8080/?q=a%20b&c=(d)#e/f", true],
  ["https://a.example", true],
  ["https://a.example/a b", false],
  ["https://a.example/a|b", false],
  ["https://a.example/100%", false],
  ["https://a.example/ä", false],
  ["https://a.example/#b#c", false],
  ["https://", false],
  ["ftp://a.example", false],
  ["javascript:alert(1)", false],
  ["see https://a.example", false],
  [undefined, false],
])("%j is the address of a rule: %s", (url, isAddress) => {
  expect(ruleOf({ url })?.helpUri).toBe(isAddress ? url : undefined);
});

test("the same finding of the next image has the same fingerprint", () => {
  fc.assert(
    fc.property(imageFindings, fc.string({ minLength: 1, maxLength: 9 }), (found, version) => {
      const next = {
        ...found,
        ...{ image: "web-app:v2", digest: `sha256:${"f".repeat(64)}` },
        platforms: found.platforms.map((platform) => ({
          ...platform,
          findings: platform.findings.map((finding) => ({
            ...finding,
            packages: finding.packages.map((one) => ({ ...one, version })),
          })),
        })),
      };
      const prints = (of: ImageFindings) =>
        new Set(
          logOf(of).runs[0]?.results.map(
            ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
          ),
        );
      expect(prints(next)).toEqual(prints(found));
    }),
    { numRuns: runs(300) },
  );
});

test("a suppressed finding is a result with its reason", () => {
  fc.assert(
    fc.property(imageFindings, (found) => {
      const [run] = logOf(found).runs;
      for (const [index, row] of findingRows(found).entries())
        expect(run?.results[index]?.suppressions?.[0]?.justification).toBe(row.suppressedBy?.reason);
    }),
    { numRuns: runs(300) },
  );
});
