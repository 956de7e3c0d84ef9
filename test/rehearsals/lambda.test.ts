import { afterAll, beforeAll, expect, test } from "vitest";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { isAllowed } from "../support/iam-evaluator";

const name = "acme-trial-resize";
const layers = ["--layer", "security", "--layer", "compute"];
const role = "acme-trial-lambda-resize";

/** An environment with one function whose image is named so. */
const environmentWith = (image: object) => ({
  project: "acme",
  security: { kms: { deletionWindowInDays: 7 }, secrets: { "db-password": {} } },
  ecr: { repositories: { resize: { enableLambdaPull: true, maxImageCount: 2, forceDelete: true } } },
  lambda: {
    functions: {
      resize: {
        image: { repository: "resize", ...image },
        environment: { LEVEL: "info", TEMPLATE: "${name}" },
        secrets: { DB_PASSWORD_ARN: "db-password" },
        reservedConcurrency: 3,
      },
    },
  },
});

/** A function from its first deployment on. The tests build on each other, in this order. */
describeWithTerraform("lambda", () => {
  let account: EmulatedAccount;
  let digest: string;

  const command = (...args: string[]): Promise<Ran> => account.workspace.command(args);

  const preview = () =>
    command("ecr", "lifecycle", "preview", "--env", "trial", "--repo", "resize", "--json");

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    writeEnvironments(account.workspace, { trial: environmentWith({ awaitsFirstPush: true }) });
  });
  afterAll(() => account.close());

  test("before the first push everything is deployed but the function", async () => {
    const { code, stdout, stderr } = await command("deploy", "trial", ...layers, "--auto-approve");

    expect(code, stdout + stderr).toBe(0);
    expect(await account.lambda.functionNames()).toEqual([]);
    expect(await account.lambda.roleNames()).toEqual([role]);
    expect(await account.aws.logGroups()).toEqual([
      { logGroupName: `/aws/lambda/${name}`, retentionInDays: 30, kmsKeyId: expect.stringMatching(/:key\//) },
    ]);
  });

  test("once an image is pushed and named, the function runs it", async () => {
    digest = await account.images.push(name, "v1");
    writeEnvironments(account.workspace, { trial: environmentWith({ digest }) });

    const { code, stdout, stderr } = await command("deploy", "trial", "--layer", "compute", "--auto-approve");

    expect(code, stdout + stderr).toBe(0);
    const secretsKey = await account.aws.key("alias/acme-trial-secrets");
    expect(await account.lambda.function(name)).toMatchObject({
      PackageType: "Image",
      ImageUri: `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}@${digest}`,
      Architectures: ["x86_64"],
      MemorySize: 512,
      Timeout: 30,
      EphemeralStorage: { Size: 512 },
      TracingConfig: { Mode: "Active" },
      ReservedConcurrentExecutions: 3,
      Role: `arn:aws:iam::123456789012:role/acme/trial/${role}`,
      KMSKeyArn: secretsKey.Arn,
      DeadLetterConfig: { TargetArn: `arn:aws:sqs:us-east-1:123456789012:${name}-dead-letters` },
      Environment: {
        Variables: {
          LEVEL: "info",
          TEMPLATE: "${name}",
          DB_PASSWORD_ARN: expect.stringMatching(/:secret:acme-trial\/db-password-\w{6}$/),
        },
      },
    });
  });

  test("the role may read the secret of the function and write its logs, and nothing of another", async () => {
    const statements = await account.lambda.roleStatements(role);
    const { Environment } = await account.lambda.function(name);
    const secret = Environment?.Variables?.["DB_PASSWORD_ARN"] ?? "";
    const stream = (group: string) =>
      `arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/${group}:log-stream:x`;

    const may = (action: string, resource: string) => isAllowed(statements, { action, resource });

    expect(may("secretsmanager:GetSecretValue", secret)).toBe(true);
    expect(may("secretsmanager:GetSecretValue", `${secret}x`)).toBe(false);
    expect(may("logs:PutLogEvents", stream(name))).toBe(true);
    expect(may("logs:PutLogEvents", stream("acme-trial-rotate"))).toBe(false);
  });

  test("the repository lets Lambda pull by one statement, as before the function was there", async () => {
    const { [name]: statements = {} } = await account.aws.policies([name]);

    expect(Object.keys(statements)).toEqual(["LambdaECRImageRetrievalPolicy"]);
  });

  test("a second plan is empty", async () => {
    const { code, stdout, stderr } = await command("diff", "trial", ...layers);

    expect(code, stdout + stderr).toBe(0);
  });

  test("a lifecycle preview knows the image that the function runs", async () => {
    await account.images.push(name, "v2");
    const kept = await preview();
    await account.images.push(name, "v3");
    const lost = await preview();

    const usedBy = (ran: Ran) =>
      JSON.parse(ran.stdout).previewResults.filter(({ inUse }: { inUse: boolean }) => inUse);
    expect(usedBy(kept)).toEqual([
      expect.objectContaining({ imageDigest: digest, usedBy: ["lambda.functions.resize"] }),
    ]);
    expect([kept.code, lost.code, lost.stderr]).toEqual([
      0,
      2,
      "1 image in use would be removed or archived.\n",
    ]);
  });

  test("it is destroyed and leaves nothing", async () => {
    const { code, stdout, stderr } = await command("destroy", "trial", ...layers, "--auto-approve");

    expect(code, stdout + stderr).toBe(0);
    expect(await account.lambda.functionNames()).toEqual([]);
    expect(await account.lambda.roleNames()).toEqual([]);
    expect(await account.aws.repositories()).toEqual({});
    expect(await account.aws.logGroups()).toEqual([]);
  });
});
