import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  type ECRClient,
  PutRegistryScanningConfigurationCommand,
  StartImageScanCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { atTerminal } from "../support/commands/terminal";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { PushedImages } from "../support/emulator/pushed-images";
import { setScanResults } from "../support/emulator/scan-results";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const accountId = "123456789012";
const repositoryName = "myproject-dev-web-app";
const ecr = (verb: string, ...args: string[]) => ["ecr", verb, "--env", "dev", ...args];

const finding = (vulnerabilityId: string, severity: string, fixAvailable: string) => ({
  ...{
    severity,
    fixAvailable,
    status: "ACTIVE",
    type: "PACKAGE_VULNERABILITY",
    score: 9.8,
    description: "bad",
  },
  packageVulnerabilityDetails: {
    vulnerabilityId,
    sourceUrl: `https://nvd.nist.gov/vuln/detail/${vulnerabilityId}`,
    vulnerablePackages: [
      { name: "openssl", version: "3.0.1", ...(fixAvailable === "YES" && { fixedInVersion: "3.0.2" }) },
    ],
  },
});

/** What people ask about images after a deploy: what scans found, who pulls, what it costs. */
describeWithTerraform("findings, metrics and cost of a registry", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let variables: Record<string, string>;
  let images: PushedImages;
  let client: ECRClient;
  let [arm, amd, basic] = ["", "", ""];

  beforeAll(async () => {
    emulator = await startEmulator();
    variables = await emulator.asAccount(accountId);
    workspace = new Workspace(variables);
    images = new PushedImages(variables, "us-east-1");
    client = images.ecr;
    await images.create(repositoryName);
    await images.create("myproject-dev-worker");
    const base = Buffer.alloc(300_000, "base");
    arm = await images.push(repositoryName, ["arm"], [base, Buffer.alloc(100_000, "arm")]);
    amd = await images.push(repositoryName, ["amd"], [base, Buffer.alloc(100_000, "amd")]);
    await images.pushList(repositoryName, ["v1"], [arm, amd]);
    basic = await images.push(repositoryName, ["basic"], [base]);
    for (const imageDigest of [arm, amd, basic])
      await client.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest } }));
    const scanned = (imageDigest: string, enhancedFindings: object[]) => ({
      ...{ repositoryName, imageId: { imageDigest }, imageScanStatus: { status: "ACTIVE" } },
      imageScanFindings: { imageScanCompletedAt: 1_790_000_000, findingSeverityCounts: {}, enhancedFindings },
    });
    await setScanResults(variables, accountId, [
      scanned(arm, [finding("CVE-2024-1", "CRITICAL", "YES"), finding("CVE-2024-2", "HIGH", "NO")]),
      scanned(amd, [finding("CVE-2024-1", "CRITICAL", "YES")]),
    ]);
  });
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  test("of a list each platform is shown, and the worst finding decides", async () => {
    const all = await workspace.loaded(ecr("scan-findings", "--image", "web-app:v1", "--json"));
    const text = await workspace.loaded(ecr("scan-findings", "--image", "web-app:v1"));

    expect(all.code, all.stderr).toBe(2);
    expect(JSON.parse(all.stdout)).toMatchObject({
      passed: false,
      images: [
        { digest: arm, scanType: "ENHANCED", findings: { CRITICAL: 1, HIGH: 1 } },
        { digest: amd, findings: { CRITICAL: 1 } },
      ],
      findings: [
        { id: "CVE-2024-1", digests: [arm, amd], fix: "yes" },
        { id: "CVE-2024-2", digests: [arm], fix: "no" },
      ],
    });
    expect(text.stdout).toMatch(/CRITICAL │ CVE-2024-1 │ openssl │ 3\.0\.1 +│ 3\.0\.2 +│ 9\.8/);
    expect(text.stdout).not.toContain("\x1b");
  });

  test("what is accepted or has no fix does not fail, and what is accepted no more is reported", async () => {
    const entry = (id: string, expires: string) => ({ id, expires, reason: "not reachable in this image" });
    const suppress = join(workspace.folder, "suppressions.json");
    const files = { sarif: join(workspace.folder, "a.sarif"), markdown: join(workspace.folder, "a.md") };
    const suppressions = [
      entry("CVE-2024-1", "2099-01-01"),
      entry("CVE-2024-2", "2024-01-01"),
      entry("CVE-2020-9", "2099-01-01"),
    ];
    writeFileSync(suppress, JSON.stringify({ suppressions }));
    const { code, stdout } = await workspace.loaded(
      ecr(
        ...(["scan-findings", "--image", "web-app:v1", "--fixable", "--suppress", suppress] as const),
        ...["--sarif", files.sarif, "--markdown", files.markdown],
      ),
    );

    expect(code).toBe(0);
    expect(stdout).toContain("the suppression of CVE-2024-2 expired on 2024-01-01");
    expect(stdout).toContain("no finding of the image is CVE-2020-9");
    const [run] = JSON.parse(readFileSync(files.sarif, "utf8")).runs;
    expect(run.results).toMatchObject([
      { ruleId: "CVE-2024-1", suppressions: [{ justification: "not reachable in this image" }] },
    ]);
    expect(readFileSync(files.markdown, "utf8")).toContain("## :white_check_mark: Findings in `web-app:v1`");
  });

  test("a basic scan is read too", async () => {
    const { code, stdout } = await workspace.loaded(
      ecr("scan-findings", "--image", "web-app:basic", "--threshold", "CRITICAL", "--json"),
    );

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      images: [{ scanType: "BASIC", findings: { HIGH: 1 } }],
      findings: [
        { id: "CVE-9999-9999", packages: [{ name: "moto_fake", version: "9.9.9" }], fix: "unknown" },
      ],
    });
  });

  test("a scan is started once a day, and with enhanced scanning not at all", async () => {
    const digest = await images.push(repositoryName, ["fresh"], [Buffer.alloc(10, "fresh")]);
    const rescan = () => workspace.loaded(ecr("rescan", "--image", "web-app:fresh", "--json"));
    const [started, again] = [await rescan(), await rescan()];
    await client.send(
      new PutRegistryScanningConfigurationCommand({
        scanType: "ENHANCED",
        rules: [
          { scanFrequency: "CONTINUOUS_SCAN", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] },
        ],
      }),
    );
    const enhanced = await rescan();
    await client.send(new PutRegistryScanningConfigurationCommand({ scanType: "BASIC", rules: [] }));

    expect(started.code, started.stderr).toBe(0);
    expect(JSON.parse(started.stdout)).toMatchObject({ images: [{ digest, state: "started" }] });
    expect(again.code).toBe(2);
    expect(again.stdout).toContain("scans an image at most once in 24 hours");
    expect(enhanced.code).toBe(2);
    expect(enhanced.stderr).toContain("The repository is scanned continuously");
  });

  test("pulls come from CloudWatch, pushes from the images; a chart only at a terminal", async () => {
    await new CloudWatchClient(clientConfig(variables)).send(
      new PutMetricDataCommand({
        Namespace: "AWS/ECR",
        MetricData: [3, 4].map((Value) => ({
          ...{ MetricName: "RepositoryPullCount", Value, Timestamp: new Date() },
          Dimensions: [{ Name: "RepositoryName", Value: repositoryName }],
        })),
      }),
    );
    const json = await workspace.loaded(ecr("metrics", "--json", "--days", "7"));
    const table = await workspace.loaded(ecr("metrics", "--days", "7"));
    const chart = await atTerminal(workspace, ecr("metrics", "--days", "7"), []);
    const top = await workspace.loaded(ecr("top", "--by", "size", "--json"));

    expect(json.code, json.stderr).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      pushSource: "images",
      repositories: expect.arrayContaining([
        expect.objectContaining({ repository: repositoryName, pulls: expect.objectContaining({ total: 7 }) }),
      ]),
      missing: ["myproject-dev-api-service", "myproject-dev-lambda-processor"],
    });
    expect(table.stdout).toContain("AWS has no metric for pushes");
    expect(table.stdout).not.toContain("┤");
    expect(chart.printed).toMatch(/Pulls by day/);
    expect(chart.printed).toContain("┤");
    expect(JSON.parse(top.stdout).repositories[0]).toMatchObject({ repositoryName, pulls: 7, images: 5 });
  });

  test("a layer that images share costs once, and fewer images cost less", async () => {
    const cost = async (...args: string[]) => {
      const { code, stdout, stderr } = await workspace.loaded(ecr("cost", "--json", ...args));
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout);
    };
    const whole = await cost();
    const shared = await cost("--layers", "--max-image-count", "1", "--repository", "web-app");
    const stored = ({ lines }: { lines: { item: string; part: string; quantity: number }[] }) =>
      (lines.find(({ item, part }) => item === repositoryName && part === "storage")?.quantity ?? 0) *
      1024 ** 3;

    expect(stored(shared)).toBeGreaterThan(500_000);
    expect(stored(shared)).toBeLessThan(502_000);
    expect(stored(whole)).toBeGreaterThan(stored(shared));
    expect(whole.parts.connectivity.least).toBeCloseTo(730 * (0.045 + 0.005));
    expect(whole.notes).toContain(
      "myproject-dev-api-service does not exist in us-east-1; deploy the environment first.",
    );
    expect(shared.whatIf).toMatchObject({
      maxImageCount: 1,
      repositories: [{ repositoryName, region: "us-east-1" }],
    });
    expect(shared.whatIf.repositories[0].bytes).toBeGreaterThan(0);
  });

  test("without AWS, the declared part is still known", async () => {
    const { code, stdout } = await workspace.loaded(ecr("cost", "--declared"), {
      ...{ AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
    });

    expect(code).toBe(0);
    expect(stdout).toContain("alias/myproject-dev-ecr");
    expect(stdout).toMatch(/dev: \$\d+\.\d\d a month/);
  });
});
