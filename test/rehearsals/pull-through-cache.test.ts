import {
  DescribePullThroughCacheRulesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  ECRClient,
  GetRegistryPolicyCommand,
} from "@aws-sdk/client-ecr";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import type { Workspace } from "../support/emulator/workspace";

/** Two caches, one with credentials and one without, beside a repository. */
const environmentFile = `import { defineEnvironment } from "./environment";

export const dev = defineEnvironment({
  name: "dev",
  project: "myproject",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "s3", bucket: "myproject-tfstate", createBucket: false },
  security: { secrets: { "docker-hub": { pullThroughCache: true, recoveryWindowInDays: 0 } } },
  ecr: {
    encryptionType: "KMS",
    repositories: { "web-app": {} },
    pullThroughCache: {
      "docker-hub": { upstream: "docker-hub", credentials: "docker-hub", maxImageCount: 20 },
      quay: {
        upstream: "quay",
        imageTagMutability: "IMMUTABLE",
        pullRoleArns: ["arn:aws:iam::123456789012:role/build-farm"],
      },
    },
  },
});
`;

const registry = "registry-123456789012-us-east-1";

/**
 * Caches in the registry and their role in the security layer. The emulator keeps rules and templates, and neither
 * fetches images nor makes repositories by them. The tests build on each other, in this order.
 */
describeWithTerraform("pull-through cache", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  let ecr: ECRClient;

  const runner = (command: string, ...layers: string[]): Promise<Ran> =>
    workspace.command([
      ...[command, "dev"],
      ...(command === "diff" ? [] : ["--auto-approve"]),
      ...layers.flatMap((layer) => ["--layer", layer]),
    ]);

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    ({ workspace } = account);
    workspace.write("environments/dev.ts", environmentFile);
    const config = clientConfig(account.variables);
    ecr = new ECRClient(config);
    await new S3Client({ ...config, forcePathStyle: true }).send(
      new CreateBucketCommand({ Bucket: "myproject-tfstate" }),
    );
  });
  afterAll(() => account.close());

  test("fails before security is deployed, and says so", async () => {
    const { code, stderr } = await runner("deploy", "registry");

    expect([code, stderr]).toEqual([
      1,
      "The registry layer needs outputs of security-dev (missing: ecr_kms_key_arn, ecr_template_role_arn, secret_arns); deploy it first: npm run deploy -- dev --layer security\n",
    ]);
  });

  const withoutValue = [
    `environments/dev.ts: ecr.pullThroughCache["docker-hub"].credentials: found "docker-hub"; this secret has no value yet, and ECR reads it when it creates the cache, so ${registry} was not deployed.`,
    `Set it, and run this command again: npm run --silent secrets -- set --env dev docker-hub < credentials.json\n`,
  ].join("\n");

  test("fails at the registry while the credentials have no value, after security was deployed", async () => {
    const { code, stdout, stderr } = await runner("deploy", "security", "registry");

    expect([code, stderr]).toEqual([
      1,
      `${withoutValue}Deployed: security-dev. Not finished: ${registry}.
To continue: npm run deploy -- dev --layer security --layer registry
`,
    ]);
    expect(stdout).toContain("security-dev: applied");
    expect(stdout).not.toContain(`deploy ${registry}`);
  });

  test("fails at once while the credentials have no value, when security is deployed already", async () => {
    const { code, stdout, stderr } = await runner("deploy", "registry");

    expect([code, stderr]).toEqual([1, withoutValue]);
    expect(stdout).not.toContain(`deploy ${registry}`);
  });

  test("security and registry are deployed once the credentials have a value", async () => {
    const credentials = '{"username":"acme","accessToken":"token"}';
    const set = await workspace.command(["secrets", "set", "--env", "dev", "docker-hub"], {}, credentials);
    expect(set.code, set.stderr).toBe(0);

    const { code, stdout, stderr } = await runner("deploy", "security", "registry");

    expect(code, stdout + stderr).toBe(0);
  });

  test("each cache has a rule, with the credentials that security holds", async () => {
    const { pullThroughCacheRules = [] } = await ecr.send(new DescribePullThroughCacheRulesCommand({}));

    const found = pullThroughCacheRules.map((rule) => [
      rule.ecrRepositoryPrefix,
      rule.upstreamRegistryUrl,
      rule.credentialArn?.replace(/-\w{6}$/, ""),
    ]);
    expect(found.toSorted()).toEqual([
      [
        "myproject-dev-docker-hub",
        "registry-1.docker.io",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/myproject-dev-docker-hub",
      ],
      ["myproject-dev-quay", "quay.io", undefined],
    ]);
  });

  test("each cache has a template, with the key and the role that security publishes", async () => {
    const { repositoryCreationTemplates = [] } = await ecr.send(
      new DescribeRepositoryCreationTemplatesCommand({}),
    );
    const output = JSON.parse((await workspace.terraform("security-dev", ["output", "-json"])).stdout);

    expect(Object.fromEntries(repositoryCreationTemplates.map((one) => [one.prefix, one]))).toMatchObject({
      "myproject-dev-docker-hub": {
        appliedFor: ["PULL_THROUGH_CACHE"],
        customRoleArn: "arn:aws:iam::123456789012:role/myproject/dev/myproject-dev-ecr-template",
        encryptionConfiguration: { encryptionType: "KMS", kmsKey: output.ecr_kms_key_arn.value },
        imageTagMutability: "MUTABLE",
        lifecyclePolicy: expect.stringContaining('"countNumber":20'),
      },
      "myproject-dev-quay": {
        customRoleArn: output.ecr_template_role_arn.value,
        imageTagMutability: "IMMUTABLE",
      },
    });
    expect(repositoryCreationTemplates).toHaveLength(2);
  });

  test("the registry lets the named role import into its cache", async () => {
    const { policyText = "" } = await ecr.send(new GetRegistryPolicyCommand({}));

    expect(JSON.parse(policyText).Statement).toEqual([
      {
        Sid: "PullThroughCache1",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::123456789012:role/build-farm"] },
        Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
        Resource: ["arn:aws:ecr:us-east-1:123456789012:repository/myproject-dev-quay/*"],
      },
    ]);
  });

  test("a second plan is empty", async () => {
    const { code, stdout, stderr } = await runner("diff", "security", "registry");

    expect(code, stdout + stderr).toBe(0);
  });

  test("a changed option changes the template in place", async () => {
    workspace.write("environments/dev.ts", environmentFile.replace("maxImageCount: 20", "maxImageCount: 10"));
    const { code, stdout, stderr } = await runner("deploy", "registry");

    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("Apply complete! Resources: 0 added, 1 changed, 0 destroyed.");
  });

  test("both are destroyed and leave nothing", async () => {
    const { code, stdout, stderr } = await runner("destroy", "security", "registry");

    expect(code, stdout + stderr).toBe(0);
    const { pullThroughCacheRules } = await ecr.send(new DescribePullThroughCacheRulesCommand({}));
    const { repositoryCreationTemplates } = await ecr.send(
      new DescribeRepositoryCreationTemplatesCommand({}),
    );
    expect([pullThroughCacheRules, repositoryCreationTemplates]).toEqual([[], []]);
    expect((await workspace.terraform(registry, ["state", "list"])).stdout).toBe("");
  });
});
