import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { consumerImages } from "../../../../../scripts/ecr/doctor/consumer-images";
import { CommandError } from "../../../../../scripts/runner/command";
import { type Answer, answeringClient } from "../../../../support/ecr/answering-client";
import { minimal, only } from "../../../../support/environments/minimal";
import { withService } from "../../../../support/environments/one-service";

const digest = `sha256:${"a".repeat(64)}`;
const manifest = { images: [{ imageId: { imageDigest: digest }, imageManifest: "{}" }] };

/** What is found where ECR answers this. */
async function found(
  answers: Readonly<Record<string, Answer>>,
  more: { managedBy?: "pipeline" } = {},
  file: object = {},
) {
  const image = { repository: "app", tag: "v1", ...more };
  const [plain] = loadEnvironments(withService({ image }));
  const [gated] = loadEnvironments(only({ ...minimal, ...file }));
  if (plain === undefined || gated === undefined) throw new Error("no environment");
  const { imageGate } = gated;
  const environment = { ...plain, ...(imageGate && { imageGate }) };
  const client = answeringClient((action) => answers[action] ?? {});
  return consumerImages({
    ...{ environment, accountId: environment.accountId },
    ecr: () => client,
    ask: (what: string, request: () => Promise<unknown>) =>
      request().catch(({ name }: Error) => {
        throw new CommandError(`${what} cannot be read: ${name}`);
      }),
  } as unknown as AccountConnection);
}
const scanned = (findingSeverityCounts: object) => ({
  imageScanStatus: { status: "COMPLETE" },
  imageScanFindings: { imageScanCompletedAt: 1, findingSeverityCounts },
});

test("an image that was scanned and has no severe findings is fine", async () => {
  expect(await found({ BatchGetImage: manifest, DescribeImageScanFindings: scanned({ LOW: 3 }) })).toEqual([
    { state: "ok", text: "1 image that runs exists, scanned and without severe findings." },
  ]);
});

test.each<[string, Answer, string]>([
  ["was not scanned", { error: "ScanNotFoundException" }, "ECR has not scanned it"],
  ["is being scanned", { imageScanStatus: { status: "IN_PROGRESS" } }, "IN_PROGRESS"],
  [
    "cannot be scanned",
    { imageScanStatus: { status: "UNSUPPORTED_IMAGE", description: "no package manager" } },
    "UNSUPPORTED_IMAGE: no package manager",
  ],
])("an image that %s does not count as fine", async (_, answer, reason) => {
  const findings = await found({ BatchGetImage: manifest, DescribeImageScanFindings: answer });

  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ state: "note" });
  expect(findings[0]?.text).toContain(`has no finished scan, so its findings are not known (${reason}).`);
});

test("a list without images does not count as fine", async () => {
  const list = { images: [{ imageId: { imageDigest: digest }, imageManifest: '{"manifests":[]}' }] };

  expect(await found({ BatchGetImage: list })).toMatchObject([{ state: "note" }]);
});

test("severe findings are counted", async () => {
  const findings = await found({
    BatchGetImage: manifest,
    DescribeImageScanFindings: scanned({ CRITICAL: 1, HIGH: 1 }),
  });

  expect(findings).toMatchObject([{ state: "note", advice: expect.stringContaining("scan-findings") }]);
  expect(findings[0]?.text).toContain("2 findings of severity HIGH or worse");
});

test("an image that cannot be read is unknown", async () => {
  const [finding] = await found({ BatchGetImage: { error: "AccessDeniedException" } });

  expect(finding).toMatchObject({ state: "unknown" });
  expect(finding?.text).toMatch(/^The image of ECS service "web" cannot be read: AccessDeniedException/);
});

test("the first image of a service whose images a pipeline deploys is not looked for", async () => {
  expect(await found({ BatchGetImage: { images: [] } }, { managedBy: "pipeline" })).toMatchObject([
    { state: "note", text: expect.stringContaining("the file names only the first") },
  ]);
});

test("where the file has imageGate, that decides, with its exceptions", async () => {
  const answers = { BatchGetImage: manifest, DescribeImageScanFindings: scanned({ HIGH: 1 }) };
  const gate = (more: object) => ({ imageGate: { requireArchitecture: false, severity: "HIGH", ...more } });
  const exceptions = [
    { digest, check: "findings", reason: "The package is not loaded.", expires: "2999-12-31" },
  ];

  expect(await found(answers, {}, gate({}))).toEqual([
    {
      state: "note",
      text: 'The image of ECS service "web" is refused by imageGate: it has 1 finding that is HIGH or worse.',
      advice: "npm run ecr -- gate --env test --image app:v1",
    },
  ]);
  expect(
    await found({ ...answers, DescribeImageScanFindings: { error: "AccessDeniedException" } }, {}, gate({})),
  ).toMatchObject([{ state: "unknown" }]);
  expect(await found(answers, {}, gate({ exceptions }))).toEqual([
    { state: "ok", text: "1 image that runs exists, and passes imageGate." },
  ]);
});
