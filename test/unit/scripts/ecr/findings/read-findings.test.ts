import { expect, test } from "vitest";
import { basicFinding, enhancedFinding } from "../../../../../scripts/ecr/findings/finding";
import { judged, remainingScans } from "../../../../../scripts/ecr/findings/image-findings";
import { readFindings, type ScanFindings } from "../../../../../scripts/ecr/findings/read-findings";
import { type Answer, answeringClient } from "../../../../support/ecr/answering-client";

const digest = `sha256:${"a".repeat(64)}`;
const image = { registryId: "111122223333", repositoryName: "acme-test-app", imageDigest: digest };

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html */
test("a basic finding has its package and score, and does not tell of a fix", () => {
  expect(
    basicFinding({
      name: "CVE-2019-3462",
      uri: "https://security-tracker.debian.org/tracker/CVE-2019-3462",
      severity: "CRITICAL",
      description: "redirects",
      attributes: [
        { key: "package_version", value: "1.4.8" },
        { key: "package_name", value: "apt" },
        { key: "CVSS2_SCORE", value: "9.3" },
      ],
    }),
  ).toMatchObject({
    ...{ id: "CVE-2019-3462", severity: "CRITICAL", fix: "unknown", score: 9.3, exploit: undefined },
    packages: [{ name: "apt", version: "1.4.8" }],
  });
});

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EnhancedImageScanFinding.html */
test("an enhanced finding has every package, with the version that has the fix", () => {
  expect(
    enhancedFinding({
      severity: "HIGH",
      title: "CVE-2024-1 - openssl, libssl",
      description: "overflow",
      score: 8.1,
      fixAvailable: "PARTIAL",
      exploitAvailable: "YES",
      firstObservedAt: new Date(0),
      packageVulnerabilityDetails: {
        vulnerabilityId: "CVE-2024-1",
        sourceUrl: "https://nvd.nist.gov/vuln/detail/CVE-2024-1",
        vulnerablePackages: [
          { name: "openssl", epoch: 1, version: "3.0.7", release: "2.el9", fixedInVersion: "1:3.0.7-3.el9" },
          { name: "jar", epoch: 0, version: "1.0", filePath: "app/a.jar", fixedInVersion: "NotAvailable" },
        ],
      },
    }),
  ).toEqual({
    ...{ id: "CVE-2024-1", severity: "HIGH", description: "overflow", fix: "partial", exploit: true },
    ...{ score: 8.1, url: "https://nvd.nist.gov/vuln/detail/CVE-2024-1", firstSeen: new Date(0) },
    packages: [
      { name: "openssl", version: "1:3.0.7-2.el9", fixedIn: "1:3.0.7-3.el9", path: undefined },
      { name: "jar", version: "1.0", fixedIn: undefined, path: "app/a.jar" },
    ],
  });
});

const enhanced = (vulnerabilityId: string, more: object = {}) => ({
  ...{ severity: "HIGH", status: "ACTIVE", fixAvailable: "NO" },
  packageVulnerabilityDetails: { vulnerabilityId, vulnerablePackages: [{ name: "zlib", version: "1" }] },
  ...more,
});

const pages: Record<string, Answer> = {
  "": {
    imageScanStatus: { status: "ACTIVE" },
    imageScanFindings: {
      imageScanCompletedAt: 1_700_000_000,
      findingSeverityCounts: { HIGH: 3 },
      enhancedFindings: [enhanced("CVE-1"), enhanced("CVE-2", { status: "SUPPRESSED" })],
    },
    nextToken: "two",
  },
  two: {
    imageScanStatus: { status: "ACTIVE" },
    imageScanFindings: { enhancedFindings: [enhanced("CVE-3", { fixAvailable: "YES" })] },
  },
};

const read = (answer: (input: Readonly<Record<string, unknown>>) => Answer) =>
  readFindings(
    answeringClient((_, input) => answer(input)),
    image,
  );

test("all pages are read, without what Inspector closed or suppressed", async () => {
  const found = await read(({ nextToken }) => pages[String(nextToken ?? "")] ?? {});

  expect(found.scan).toEqual({ state: "done", counts: { HIGH: 3 } });
  expect(found.scanType).toBe("ENHANCED");
  expect(found.findings.map(({ id }) => id)).toEqual(["CVE-1", "CVE-3"]);
});

test("an image without a scan waits for one", async () => {
  const found = await read(() => ({ error: "ScanNotFoundException" }));

  expect(found).toMatchObject({ scan: { state: "waiting" }, findings: [] });
});

test("other errors are thrown", async () => {
  await expect(read(() => ({ error: "RepositoryNotFoundException" }))).rejects.toThrow();
});

const scanned = (findings: ScanFindings["findings"], state: "done" | "waiting" = "done") => ({
  ...{ digest, name: "linux/amd64", scanType: "ENHANCED" as const, completedAt: undefined, findings },
  scan:
    state === "done"
      ? { state: "done" as const, counts: { HIGH: findings.length } }
      : { state: "waiting" as const, reason: "PENDING" },
});
const choice = { suppressions: [], repository: "app", today: "2026-11-29" };
const entry = {
  id: "CVE-1",
  reason: "not reachable here",
  expires: "2027-01-01",
  source: "s.json: suppressions[0]",
};

test("the verdict leaves out what is suppressed, and with --fixable what has no fix", async () => {
  const { findings } = await read(({ nextToken }) => pages[String(nextToken ?? "")] ?? {});
  const counts = (of: Parameters<typeof judged>[1]) =>
    remainingScans(judged([scanned(findings)], of).platforms).map(({ scan }) => scan);

  expect(counts(choice)).toEqual([{ state: "done", counts: { HIGH: 2 } }]);
  expect(counts({ ...choice, fixable: true })).toEqual([{ state: "done", counts: { HIGH: 1 } }]);
  expect(counts({ ...choice, suppressions: [entry] })).toEqual([{ state: "done", counts: { HIGH: 1 } }]);
});

test("a finding of which the scan does not tell the fix stays with --fixable", () => {
  const basic = basicFinding({ name: "CVE-1", severity: "HIGH" });
  const { platforms } = judged([scanned([basic])], { ...choice, fixable: true });

  expect(platforms[0]?.findings).toHaveLength(1);
});

test("an entry is without use only if it is for every platform, and all scans are done", () => {
  const basic = basicFinding({ name: "CVE-1", severity: "HIGH" });
  const idle = (platforms: readonly ReturnType<typeof scanned>[]) =>
    judged(platforms, { ...choice, suppressions: [entry] }).idle.map(({ why }) => why);

  expect(idle([scanned([basic]), scanned([])])).toEqual([]);
  expect(idle([scanned([]), scanned([])])).toEqual(["unmatched"]);
  expect(idle([scanned([]), scanned([], "waiting")])).toEqual([]);
});
