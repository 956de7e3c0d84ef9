import fc from "fast-check";
import type { Finding } from "../../../scripts/ecr/findings/finding";
import type { ImageFindings } from "../../../scripts/ecr/findings/image-findings";
import { severities } from "../../../scripts/ecr/image/severity";

const text = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: "grapheme", maxLength: 30 }));

/** A web address, or a text that only looks like one. A `fc.webUrl` takes more than a second to set up. */
const address = fc
  .tuple(fc.constantFrom("https://nvd.example/vuln/detail/", "http://a.example?q=", "javascript:"), text)
  .map((parts) => parts.join(""));

const optionalText = fc.option(text, { nil: undefined });

/** Findings as a scan could report them, with hostile texts. */
export const findings: fc.Arbitrary<Finding> = fc.record({
  id: fc.oneof(
    fc.constantFrom("CVE-2024-1", "CVE-2024-2", "GHSA-1", "a|b`c"),
    fc.string({ minLength: 1, maxLength: 20 }),
  ),
  severity: fc.oneof(fc.constantFrom(...severities), fc.constant("NEW_SEVERITY")),
  description: fc.oneof(text, fc.string({ maxLength: 3000 })),
  packages: fc.array(
    fc.record({ name: text, version: optionalText, fixedIn: optionalText, path: optionalText }),
    { maxLength: 3 },
  ),
  fix: fc.constantFrom("yes", "partial", "no", "unknown"),
  exploit: fc.constantFrom(true, false, undefined),
  score: fc.option(fc.double({ min: 0, max: 10, noNaN: true }), { nil: undefined }),
  url: fc.option(fc.oneof(address, text), { nil: undefined }),
  firstSeen: fc.constant(undefined),
});

const suppression = {
  ...{ id: "CVE-2024-1", reason: "not reachable in this image", expires: "2099-01-01" },
  source: "suppressions.json: suppressions[0]",
};

/** An image of several platforms with findings, some of them suppressed. */
export const imageFindings: fc.Arbitrary<ImageFindings> = fc
  .array(
    fc.record({
      name: fc.constantFrom("linux/amd64", "linux/arm64", ""),
      found: fc.array(fc.tuple(findings, fc.boolean()), { maxLength: 6 }),
    }),
    { maxLength: 3 },
  )
  .map((platforms) => ({
    ...{ image: "web-app:v1", repositoryName: "myproject-dev-web-app", digest: digestOf(0), idle: [] },
    platforms: platforms.map(({ name, found }, index) => ({
      ...{ name, digest: digestOf(index + 1), scanType: "ENHANCED" as const, completedAt: undefined },
      scan: { state: "done" as const, counts: {} },
      findings: found.map(([finding, suppressed]) => ({
        ...finding,
        suppressedBy: suppressed ? suppression : undefined,
      })),
    })),
  }));

const digestOf = (number: number): string => `sha256:${String(number).padStart(64, "0")}`;
