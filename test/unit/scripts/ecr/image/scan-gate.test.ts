import fc from "fast-check";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { findImage } from "../../../../../scripts/ecr/image/found-image";
import { imageNamed } from "../../../../../scripts/ecr/image/image-id";
import { type Scan, scanOf } from "../../../../../scripts/ecr/image/scan";
import { asJson, asText } from "../../../../../scripts/ecr/image/scan-output";
import { awaitScans, exitCodeOf, type PlatformScan } from "../../../../../scripts/ecr/image/scan-verdict";
import { failing, severities } from "../../../../../scripts/ecr/image/severity";
import { type Answer, answeringClient } from "../../../../support/ecr/answering-client";
import { minimal, only } from "../../../../support/environments/minimal";
import { runs } from "../../../../support/property-runs";

const digest = (n: number) => `sha256:${String(n).padStart(64, "0")}`;
const registryId = "111122223333";
const repository = { registryId, repositoryName: "acme-test-app" };
const [environment] = loadEnvironments(only({ ...minimal, ecr: { repositories: { app: {} } } }));
if (environment === undefined) throw new Error("no environment");

const scanWith = (answer: Answer) =>
  scanOf(
    answeringClient(() => answer),
    { ...repository, imageDigest: digest(1) },
  );

const completed = { imageScanCompletedAt: 1_700_000_000, findingSeverityCounts: { HIGH: 2 } };

test.each<[string, Answer, Scan]>([
  [
    "a basic scan",
    { imageScanStatus: { status: "COMPLETE" }, imageScanFindings: completed },
    done({ HIGH: 2 }),
  ],
  ["a scan without findings", { imageScanStatus: { status: "COMPLETE" }, imageScanFindings: {} }, done({})],
  [
    "an enhanced scan",
    { imageScanStatus: { status: "ACTIVE" }, imageScanFindings: completed },
    done({ HIGH: 2 }),
  ],
  [
    "enhanced scanning before its first scan",
    { imageScanStatus: { status: "ACTIVE", description: "Continuous scan is selected for image." } },
    { state: "waiting", reason: "ACTIVE: Continuous scan is selected for image." },
  ],
  ["a scan that waits", { imageScanStatus: { status: "PENDING" } }, { state: "waiting", reason: "PENDING" }],
  [
    "a scan that runs",
    { imageScanStatus: { status: "IN_PROGRESS" } },
    { state: "waiting", reason: "IN_PROGRESS" },
  ],
  ["no scan", { error: "ScanNotFoundException" }, { state: "waiting", reason: "ECR has not scanned it" }],
  ...[
    "FAILED",
    "UNSUPPORTED_IMAGE",
    "SCAN_ELIGIBILITY_EXPIRED",
    "FINDINGS_UNAVAILABLE",
    "LIMIT_EXCEEDED",
    "IMAGE_ARCHIVED",
    "NEW_STATE",
  ].map((status): [string, Answer, Scan] => [
    status,
    { imageScanStatus: { status }, imageScanFindings: completed },
    { state: "impossible", reason: status },
  ]),
])("%s", async (_, answer, scan) => {
  expect(await scanWith(answer)).toEqual(scan);
});

test("another error of ECR is an error", async () => {
  await expect(scanWith({ error: "RepositoryNotFoundException" })).rejects.toThrow();
});

function done(counts: Record<string, number>): Scan {
  return { state: "done", counts };
}

const scans = fc.array(
  fc.record({
    digest: fc.constant(digest(1)),
    name: fc.constant("linux/amd64"),
    scan: fc.oneof(
      fc.dictionary(fc.constantFrom(...severities, "NEW"), fc.nat(3)).map((counts) => done(counts)),
      fc.constantFrom<Scan>(
        { state: "waiting", reason: "PENDING" },
        { state: "impossible", reason: "FAILED" },
      ),
    ),
  }),
  { maxLength: 4 },
);

test("an image passes only if every scan is done and has nothing of the severity or worse", () => {
  fc.assert(
    fc.property(scans, fc.constantFrom(...severities), (all, threshold) => {
      const order: string[] = ["NEW", ...severities];
      const worse = order.slice(0, order.indexOf(threshold) + 1);
      const bad = all.some(
        ({ scan }) => scan.state === "done" && worse.some((severity) => (scan.counts[severity] ?? 0) > 0),
      );
      const judged = all.length > 0 && all.every(({ scan }) => scan.state === "done");
      expect(exitCodeOf(all, threshold)).toBe(bad ? 2 : judged ? 0 : 1);
      expect(asText("app:v1", all, threshold)).toContain(
        bad ? " fails: " : judged ? " passes: " : " cannot be judged: ",
      );
      expect(asJson("app:v1", digest(1), all, threshold)).toMatchObject({ passed: !bad && judged });
    }),
    { numRuns: runs(400) },
  );
});

test("counts what fails", () => {
  const counts = { CRITICAL: 1, HIGH: 2, LOW: 4, UNTRIAGED: 8 };

  expect(severities.map((severity) => failing(counts, severity))).toEqual([1, 3, 3, 7, 7, 15, 15]);
});

test("waits for every scan, and no longer than the timeout", async () => {
  const waits: number[] = [];
  const answers: Scan[] = [
    { state: "waiting", reason: "PENDING" },
    { state: "waiting", reason: "PENDING" },
    done({}),
  ];
  const look = (timeout: number, of: () => Scan) =>
    awaitScans([{ digest: digest(1), name: "" }], async () => of(), {
      timeout,
      wait: async (milliseconds) => waits.push(milliseconds),
    });

  const ended: PlatformScan[] = await look(60, () => answers.shift() ?? done({ LOW: 1 }));
  expect(ended).toEqual([{ digest: digest(1), name: "", scan: done({}) }]);
  expect(waits.splice(0)).toEqual([5000, 5000]);

  const [late] = await look(12, () => ({ state: "waiting", reason: "PENDING" }));
  expect(late?.scan.state).toBe("waiting");
  expect(waits).toEqual([5000, 5000, 2000]);
});

test("of a manifest list, the image of each platform is scanned, and attestations are not", async () => {
  const manifest = {
    manifests: [
      { digest: digest(2), platform: { os: "linux", architecture: "amd64" } },
      { digest: digest(3), platform: { os: "linux", architecture: "arm", variant: "v7" } },
      { digest: digest(4), platform: { os: "unknown", architecture: "unknown" } },
    ],
  };
  const client = answeringClient(() => ({
    images: [{ imageId: { imageDigest: digest(1) }, imageManifest: JSON.stringify(manifest) }],
  }));

  expect(await findImage(client, imageNamed("app:v1", environment))).toEqual({
    digest: digest(1),
    platforms: [
      { digest: digest(2), name: "linux/amd64" },
      { digest: digest(3), name: "linux/arm/v7" },
    ],
  });
});

test("an image that does not exist is told from one that cannot be read", async () => {
  const failing = (failureCode: string) =>
    findImage(
      answeringClient(() => ({ failures: [{ failureCode, failureReason: "no" }] })),
      imageNamed("app:v1", environment),
    );

  expect(await failing("ImageNotFound")).toBeUndefined();
  await expect(failing("KmsError")).rejects.toThrow(
    expect.objectContaining({ name: "KmsError", message: "no" }),
  );
});

test.each([
  ["app:v1", { imageTag: "v1" }],
  [`app@${digest(1)}`, { imageDigest: digest(1) }],
  ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app:v1", { imageTag: "v1" }],
])("%s names an image", (named, imageId) => {
  expect(imageNamed(named, environment)).toEqual({ ...repository, imageId });
});

test.each([
  ["app", "names no image"],
  ["app:", "names no image"],
  ["app@sha256:12", "names no image"],
  ["ap:v1", 'There is no repository "ap" in test; did you mean "app"?'],
  ["111122223333.dkr.ecr.us-east-1.amazonaws.com/acme-test-app:v1", "is not the registry of test"],
])("%s does not", (named, message) => {
  expect(() => imageNamed(named, environment)).toThrow(message);
});
