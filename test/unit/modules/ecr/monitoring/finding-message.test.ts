import fc from "fast-check";
import { expect, test } from "vitest";
import {
  findingMessage,
  type Severity,
  severities,
} from "../../../../../modules/ecr/monitoring/finding-message";
import {
  pushEventPatterns,
  scanEventPatterns,
} from "../../../../../modules/ecr/monitoring/repository-events";
import { eventKinds, group, strangers } from "../../../../support/ecr/event-kinds";
import { basicScan, imageFinding, instanceFinding } from "../../../../support/ecr-events";
import { matchesEvent } from "../../../../support/event-pattern";
import { transformed } from "../../../../support/input-transformer";

const name = "myproject-prod-web-app";

const alertOf = (scanType: "BASIC" | "ENHANCED", ...wanted: Severity[]) =>
  findingMessage({ repositories: group, scanType, severities: wanted });

const messageOf = ({ inputPaths, inputTemplate }: ReturnType<typeof findingMessage>, event: object) =>
  transformed(inputPaths, inputTemplate, event);

test.each([
  ["BASIC", ["CRITICAL"], ["basic scan with critical findings"]],
  ["BASIC", ["HIGH"], ["basic scan with high findings"]],
  ["BASIC", ["CRITICAL", "HIGH"], ["basic scan with critical findings", "basic scan with high findings"]],
  ["ENHANCED", ["CRITICAL"], ["critical finding"]],
  ["ENHANCED", ["CRITICAL", "HIGH"], ["critical finding", "high finding"]],
  ["ENHANCED", ["LOW"], ["low finding"]],
] as const)("with %s scanning, alerts of %j are for: %j", (scanType, wanted, kinds) => {
  const [eventPattern = ""] = alertOf(scanType, ...wanted).eventPatterns;
  const matching = (repository: string) =>
    Object.entries(eventKinds)
      .filter(([, event]) => matchesEvent(eventPattern, event(repository)))
      .map(([kind]) => kind);

  expect(matching(name)).toEqual(kinds);
  for (const stranger of strangers) expect(matching(stranger), stranger).toEqual([]);
  expect(matchesEvent(eventPattern, instanceFinding)).toBe(false);
});

const [start = ""] = group.starts;
const anySeverities = fc.subarray([...severities], { minLength: 1 });
const anyName = fc.oneof(
  fc.stringMatching(/^[a-z]{1,5}$/).map((rest) => `${start}${rest}`),
  fc.constantFrom(...strangers),
);

test("a basic scan is an alert when it counts a requested severity in a repository of the group", () => {
  const anyCounts = fc.dictionary(fc.constantFrom(...severities, "UNDEFINED"), fc.integer({ min: 1 }));
  fc.assert(
    fc.property(anySeverities, anyName, anyCounts, (wanted, repository, counts) => {
      const expected = repository.startsWith(start) && wanted.some((severity) => severity in counts);

      const [eventPattern = ""] = alertOf("BASIC", ...wanted).eventPatterns;

      expect(matchesEvent(eventPattern, basicScan(repository, counts))).toBe(expected);
      expect(matchesEvent(eventPattern, imageFinding(repository))).toBe(false);
    }),
  );
});

test("a finding is an alert when it is active and of a requested severity in a repository of the group", () => {
  const anyFound = fc.constantFrom(...severities, "UNTRIAGED");
  const anyStatus = fc.constantFrom("ACTIVE", "CLOSED", "SUPPRESSED");
  fc.assert(
    fc.property(anySeverities, anyName, anyFound, anyStatus, (wanted, repository, severity, status) => {
      const expected =
        repository.startsWith(start) && status === "ACTIVE" && wanted.some((each) => each === severity);

      const [eventPattern = ""] = alertOf("ENHANCED", ...wanted).eventPatterns;

      expect(matchesEvent(eventPattern, imageFinding(repository, severity, status))).toBe(expected);
      expect(matchesEvent(eventPattern, basicScan(repository))).toBe(false);
    }),
  );
});

test("a scan that did not complete and a finding that is not in an image send no alert", () => {
  const scan = basicScan(name);
  const finding = imageFinding(name);
  const failed = { ...scan, detail: { ...scan.detail, "scan-status": "FAILED" } };
  const [resource] = finding.detail.resources;
  const function_ = { ...finding.detail, resources: [{ ...resource, type: "AWS_LAMBDA_FUNCTION" }] };

  expect(matchesEvent(alertOf("BASIC", "CRITICAL").eventPatterns[0] ?? "", failed)).toBe(false);
  expect(
    matchesEvent(alertOf("ENHANCED", "CRITICAL").eventPatterns[0] ?? "", { ...finding, detail: function_ }),
  ).toBe(false);
});

test("the message of a basic scan names the image, the counts and what to do", () => {
  expect(messageOf(alertOf("BASIC", "CRITICAL"), basicScan(name))).toMatchInlineSnapshot(`
    ""Findings in an image of myproject-prod-web-app: {CRITICAL:10,MEDIUM:9}"
    "Tags: [v1.2.3,latest]"
    "Digest: sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234abcd"
    "Account 987654321098, Region us-east-1. Details: aws ecr describe-image-scan-findings --region us-east-1 --repository-name myproject-prod-web-app --image-id imageDigest=sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234abcd""
  `);
});

test("the message of a finding names the image and the vulnerability", () => {
  expect(messageOf(alertOf("ENHANCED", "CRITICAL"), imageFinding(name))).toMatchInlineSnapshot(`
    ""CRITICAL finding in an image of myproject-prod-web-app: CVE-2019-17498 in libssh2-1"
    "Tags: [latest]"
    "Digest: sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234abcd"
    "About it: https://people.canonical.com/~ubuntu-security/cve/2019/CVE-2019-17498.html"
    "Account 987654321098, Region us-east-1. Finding: arn:aws:inspector2:us-east-1:987654321098:finding/be674aaddd0f75632""
  `);
});

test("a message stays intact when the event lacks a field", () => {
  const scan = basicScan(name);
  const finding = imageFinding(name);
  const { "image-tags": _, ...untagged } = scan.detail;
  const { packageVulnerabilityDetails: __, ...withoutPackage } = finding.detail;

  const messages = [
    messageOf(alertOf("BASIC", "CRITICAL"), { ...scan, detail: untagged }),
    messageOf(alertOf("ENHANCED", "CRITICAL"), { ...finding, detail: withoutPackage }),
  ];

  expect(messages[0]).toContain('\n"Tags: "\n');
  expect(messages[1]).toContain('"CRITICAL finding in an image of myproject-prod-web-app:  in "\n');
});

test("free text of an event cannot break the message", () => {
  const finding = imageFinding(name);
  const hostile = { ...finding, detail: { ...finding.detail, title: 'a "quote"', description: "a\nline" } };

  expect(messageOf(alertOf("ENHANCED", "CRITICAL"), hostile)).toBe(
    messageOf(alertOf("ENHANCED", "CRITICAL"), finding),
  );
});

test("the order of the severities makes no difference, nor does repetition", () => {
  for (const scanType of ["BASIC", "ENHANCED"] as const)
    expect(alertOf(scanType, "HIGH", "CRITICAL", "HIGH")).toEqual(alertOf(scanType, "CRITICAL", "HIGH"));
});

test("no pattern is longer than AWS allows, with the longest names and all severities", () => {
  const longest = {
    ...group,
    partition: "aws-us-gov",
    region: "ap-southeast-2",
    starts: [`${"p".repeat(51)}-`],
  };
  const alerts = (["BASIC", "ENHANCED"] as const).map((scanType) =>
    findingMessage({ repositories: longest, scanType, severities }),
  );

  const patterns = [
    ...alerts.flatMap(({ eventPatterns }) => eventPatterns),
    ...scanEventPatterns(longest),
    ...pushEventPatterns(longest),
  ];

  // The API allows 4,096 characters, the default quota of an account half of that.
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
  for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(2048);
});
