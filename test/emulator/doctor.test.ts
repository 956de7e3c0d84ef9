import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRepositoryCommand, ECRClient, PutLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { stateKey } from "../../environments/plan/stacks";
import type { Finding } from "../../scripts/ecr/doctor/finding";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** The doctor finds what is wrong in an account. */
describeWithTerraform("doctor", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let account: Readonly<Record<string, string>>;

  const doctor = async (variables = {}) => {
    const ran = await workspace.loaded(["ecr", "doctor", "--env", "dev", "--json"], variables);
    const { findings = [] } = JSON.parse(ran.stdout || "{}") as { findings?: Finding[] };
    return { ...ran, findings, of: (check: string) => findings.filter((finding) => finding.check === check) };
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    account = await emulator.asAccount("123456789012");
    workspace = new Workspace(account, { code: false });
  });
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  test("credentials of another account are the first problem, and nothing else is asked", async () => {
    const { code, of } = await doctor(await emulator.asAccount("210987654321"));

    expect(code).toBe(2);
    expect(of("credentials")).toMatchObject([{ state: "problem" }]);
    expect(of("credentials")[0]?.text).toContain("account 210987654321, but dev is in 123456789012");
    expect(of("account")).toMatchObject([{ state: "unknown", text: "Nothing in AWS was checked." }]);
  });

  test("before the first deployment, the bucket and the repositories are missing", async () => {
    const { code, of, stderr } = await doctor();

    expect(code, stderr).toBe(2);
    expect(of("state bucket")).toMatchObject([
      { state: "problem", advice: "npm run deploy -- dev --layer bootstrap" },
    ]);
    expect(of("repositories").map(({ text }) => text)).toContain(
      "myproject-dev-web-app: the repository does not exist.",
    );
  });

  test("locks, other lifecycle policies and a registry that differs are told, with what to do", async () => {
    const bucket = "myproject-dev-tfstate-123456789012";
    const s3 = new S3Client({ ...clientConfig(account), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const lock = {
      ID: "1234",
      Who: "ana@laptop",
      Created: "2026-11-29T10:00:00Z",
      Operation: "OperationTypeApply",
    };
    const key = `${stateKey({ keyPrefix: "myproject" }, "security-dev")}.tflock`;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(lock) }));
    const ecr = new ECRClient(clientConfig(account));
    await ecr.send(new CreateRepositoryCommand({ repositoryName: "myproject-dev-web-app" }));
    await ecr.send(
      new PutLifecyclePolicyCommand({
        repositoryName: "myproject-dev-web-app",
        lifecyclePolicyText: JSON.stringify({
          rules: [
            {
              rulePriority: 1,
              selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
              action: { type: "expire" },
            },
          ],
        }),
      }),
    );

    const { of } = await doctor();

    const locked = of("state bucket").find(({ text }) => text.includes("locked"));
    expect(locked?.text).toBe(
      "The state of security-dev is locked since 2026-11-29T10:00:00Z by ana@laptop (OperationTypeApply).",
    );
    expect(locked?.advice).toContain("force-unlock 1234");
    expect(of("repositories").map(({ text }) => text)).toContain(
      "myproject-dev-web-app: its lifecycle policy is not that of environments/dev.ts.",
    );
    expect(of("stacks")[0]).toMatchObject({ state: "note", advice: "npm run deploy -- dev" });
    expect(of("stacks")[0]?.text).toContain("Never deployed: security-dev");
    expect(of("quotas")).toMatchObject([
      {
        state: "ok",
        text: expect.stringContaining("The quota of this account cannot be read: NoSuchResource"),
      },
      { state: "ok", text: expect.stringContaining("myproject-dev-") },
    ]);
    expect(of("file").length).toBeGreaterThan(0);
    expect(of("registry")[0]).toMatchObject({
      state: "problem",
      advice: "npm run diff -- dev --layer registry",
    });
  });

  test("what a layer needs of a state, and the endpoints of the network, are compared with what is deployed", async () => {
    const bucket = "myproject-dev-tfstate-123456789012";
    const s3 = new S3Client({ ...clientConfig(account), forcePathStyle: true });
    const ec2 = new EC2Client(clientConfig(account));
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: "10.0.0.0/24" }),
    );
    const publish = (stack: string, outputs: Readonly<Record<string, unknown>>) =>
      s3.send(
        new PutObjectCommand({
          ...{ Bucket: bucket, Key: stateKey({ keyPrefix: "myproject" }, stack) },
          Body: JSON.stringify({
            ...{ version: 4, serial: 1 },
            outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
          }),
        }),
      );
    await publish("network-dev", {
      contract_version: 1,
      vpc_id: Vpc?.VpcId,
      private_subnet_ids: [Subnet?.SubnetId],
    });
    await publish("security-dev", { contract_version: 1, logs_kms_key_arn: "alias/logs" });

    const { of, stderr } = await doctor();

    expect(of("contracts"), stderr).toMatchObject([
      { state: "problem", advice: "Deploy it before them: npm run deploy -- dev --layer security" },
      { state: "problem", advice: "Deploy it before them: npm run deploy -- dev --layer network" },
    ]);
    expect(of("contracts")[0]?.text).toContain(
      'logs_kms_key_arn is "alias/logs"; this must be the ARN of a KMS key',
    );
    expect(of("contracts")[1]?.text).toContain("vpc_cidr_block is missing");
    expect(of("network").map(({ text }) => text)).toContain(
      "The VPC has no endpoint for ecr.api, and no other way to reach it.",
    );
  });
});
