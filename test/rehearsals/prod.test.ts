import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ImageRegistry } from "../../emulator/image-registry";
import { DeployedAws } from "../support/emulator/deployed-aws";
import { DeployedNetwork } from "../support/emulator/deployed-network";
import { DeployedSecrets } from "../support/emulator/deployed-secrets";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { testSignals } from "../support/emulator/prod-monitoring";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import type { DeployedStateBucket } from "../support/emulator/state-bucket";
import type { Workspace } from "../support/emulator/workspace";

const registry = (region: string) => `registry-987654321098-${region}`;
const stacks = [
  ...["security-prod", "network-prod", "replicas-prod"],
  ...[registry("eu-west-1"), registry("us-west-2"), registry("us-east-1"), "compute-prod"],
];
const named = (shortName: string) => `myproject-prod-${shortName}`;
const names = ["api-service", "base-images", "lambda-processor", "web-app", "worker"].map(named);
/** Names of the replicas in each Region. */
const replicated = {
  "eu-west-1": [named("web-app")],
  "us-west-2": ["api-service", "lambda-processor", "web-app"].map(named),
};
/** Repositories whose images something runs. */
const run = ["web-app", "api-service", "lambda-processor"];

const layerFlags = (...layers: string[]) => layers.flatMap((layer) => ["--layer", layer]);
/** The guide's production environment, deployed by the runner. The tests build on each other, in this order. */
describeWithTerraform("prod", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  let aws: DeployedAws;
  let network: DeployedNetwork;
  let bucket: DeployedStateBucket;
  let bootstrap: Promise<Ran>;

  beforeAll(async () => {
    account = await EmulatedAccount.open("987654321098");
    ({ workspace, aws } = account);
    bucket = account.bucket("myproject-prod-tfstate-987654321098");
    network = new DeployedNetwork("myproject-prod", account.variables);
  });
  afterAll(() => account.close());

  test("every layer is deployed in order, with its state in the bucket that the bootstrap makes", async () => {
    bootstrap = account.workspace.command(["deploy", "prod", "--layer", "bootstrap", "--auto-approve"]);
    await bucket.usable(bootstrap);

    const deployed = await account.workspace.command(["deploy", "prod", "--auto-approve"]);

    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
    expect(deployed.stdout.match(/^\[\d\/7\] deploy .*$/gm)).toEqual(
      stacks.map((stack, i) => `[${i + 1}/7] deploy ${stack}`),
    );
    expect(await bucket.keys()).toEqual(
      stacks.map((stack) => `myproject/${stack}/terraform.tfstate`).toSorted(),
    );
    const ever = await bucket.keysEver();
    for (const stack of stacks) expect(ever).toContain(`myproject/${stack}/terraform.tfstate.tflock`);
  });

  test("the provider finds every stack of both environments valid", async () => {
    const all = readdirSync(join(workspace.folder, "cdktf.out/stacks"));
    // One configuration that calls every stack as a module: one run instead of one for each.
    mkdirSync(join(workspace.folder, "cdktf.out/stacks/all"));
    workspace.write(
      "cdktf.out/stacks/all/all.tf.json",
      JSON.stringify({ module: Object.fromEntries(all.map((stack) => [stack, { source: `../${stack}` }])) }),
    );

    await workspace.terraform("all", ["init", "-backend=false"]);
    const { stdout } = await workspace.terraform("all", ["validate", "-json"]);

    expect(all).toHaveLength(13);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, error_count: 0 });
  });

  test("3 of 3 repositories are replicated to all their destinations, and no other", async () => {
    expect(await aws.replicatedTo(names)).toEqual({
      [named("api-service")]: ["us-west-2"],
      [named("base-images")]: [],
      [named("lambda-processor")]: ["us-west-2"],
      [named("web-app")]: ["eu-west-1", "us-west-2"],
      [named("worker")]: [],
    });
  });

  test("5 of 5 repositories are scanned by Amazon Inspector as they ask", async () => {
    expect(await aws.scanType()).toBe("ENHANCED");
    expect(await aws.scanFrequencies(names)).toEqual({
      [named("api-service")]: "CONTINUOUS_SCAN",
      [named("base-images")]: "SCAN_ON_PUSH",
      [named("lambda-processor")]: "SCAN_ON_PUSH",
      [named("web-app")]: "CONTINUOUS_SCAN",
      [named("worker")]: "SCAN_ON_PUSH",
    });
  });

  test("5 of 5 repositories keep as many images as they ask", async () => {
    expect(await aws.imagesKept(names)).toEqual({
      [named("api-service")]: 100,
      [named("base-images")]: 20,
      [named("lambda-processor")]: 30,
      [named("web-app")]: 100,
      [named("worker")]: 50,
    });
  });

  test("tags are immutable and images are encrypted with the key that the security layer publishes", async () => {
    const output = await workspace.terraform("security-prod", ["output", "-json"]);
    const keyArn = JSON.parse(output.stdout).ecr_kms_key_arn.value;

    const repositories = await aws.repositories();

    expect(Object.keys(repositories).toSorted()).toEqual(names);
    for (const name of names)
      expect(repositories[name]).toMatchObject({
        imageTagMutability: "IMMUTABLE",
        encryptionConfiguration: { encryptionType: "KMS", kmsKey: keyArn },
        imageScanningConfiguration: { scanOnPush: true },
      });
    expect(await aws.key("alias/myproject-prod-ecr")).toMatchObject({ Arn: keyArn, rotation: 365 });
  });

  test.each(Object.entries(replicated))(
    "replicas in %s keep the guarantees of their sources",
    async (region, there) => {
      const output = await workspace.terraform("security-prod", ["output", "-json"]);
      const keyArn = JSON.parse(output.stdout).replica_kms_key_arns.value[region];
      const replicas = new DeployedAws(account.variables, region);

      const [sources, copies] = await Promise.all([aws.repositories(), replicas.repositories()]);

      expect(keyArn).toContain(`:${region}:`);
      expect(await replicas.key("alias/myproject-prod-ecr")).toMatchObject({ Arn: keyArn, rotation: 365 });
      expect(Object.keys(copies).toSorted()).toEqual(there);
      for (const name of there) {
        expect(copies[name]).toMatchObject({
          imageTagMutability: "IMMUTABLE",
          encryptionConfiguration: { encryptionType: "KMS", kmsKey: keyArn },
          imageScanningConfiguration: { scanOnPush: true },
        });
        const settings = ({
          imageTagMutability,
          imageScanningConfiguration,
        }: (typeof copies)[string] = {}) => ({
          imageTagMutability,
          imageScanningConfiguration,
        });
        expect(settings(copies[name])).toEqual(settings(sources[name]));
      }
      expect(await replicas.lifecyclePolicies(there)).toEqual(await aws.lifecyclePolicies(there));
      const sourcePolicies = JSON.stringify(await aws.policies(there));
      expect(await replicas.policies(there)).toEqual(
        JSON.parse(sourcePolicies.replaceAll("us-east-1", region)),
      );
      const { [named("web-app")]: tags } = await replicas.tags();
      expect(tags).toMatchObject({ Project: "myproject", Environment: "prod", Layer: "replicas" });
      expect(await replicas.scanType()).toBe("ENHANCED");
      const { [named("web-app")]: frequency } = await replicas.scanFrequencies(there);
      expect(frequency).toBe("CONTINUOUS_SCAN");
    },
  );

  test("exactly the accounts and services that a repository names may pull", async () => {
    const accounts = (...ids: string[]) =>
      expect.objectContaining({
        Effect: "Allow",
        Principal: { AWS: ids.map((id) => `arn:aws:iam::${id}:root`) },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      });

    const policies = await aws.policies(names);

    expect(policies).toEqual({
      [named("api-service")]: { PullFromAccounts: accounts("123456789012", "210987654321") },
      [named("base-images")]: { PullFromAccounts: accounts("123456789012", "210987654321", "345678901234") },
      [named("lambda-processor")]: {
        LambdaECRImageRetrievalPolicy: expect.objectContaining({
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        }),
      },
      [named("web-app")]: { PullFromAccounts: accounts("123456789012", "210987654321") },
      [named("worker")]: { PullFromAccounts: accounts("123456789012") },
    });
  });

  testSignals(() => account);

  test("each zone has a way to the internet of its own, and nothing runs before its image is pushed", async () => {
    expect(await network.vpc()).toMatchObject({ cidrBlock: "10.20.0.0/16", dns: [true, true] });
    expect(await network.natGateways()).toHaveLength(3);
    expect(await account.services.services("myproject-prod")).toEqual({});
    expect(await account.lambda.functionNames()).toEqual([]);
  });

  test("services and the function run what was pushed, by a tag that stays or by digest", async () => {
    const [, , digest] = await Promise.all(run.map((name) => account.images.push(named(name), "v1.0.0")));
    for (const name of run)
      workspace.edit(
        "environments/prod.ts",
        `image: { repository: "${name}", awaitsFirstPush: true }`,
        `image: { repository: "${name}", ${name === "lambda-processor" ? `digest: "${digest}"` : 'tag: "v1.0.0"'} }`,
      );

    const { code, stdout, stderr } = await account.workspace.command([
      ...["deploy", "prod", "--layer", "compute", "--auto-approve"],
    ]);

    expect(code, stdout + stderr).toBe(0);
    const registry = "987654321098.dkr.ecr.us-east-1.amazonaws.com";
    const groups = await network.securityGroups();
    const privateIds = Object.entries(await network.subnets())
      .filter(([name]) => name.startsWith("myproject-prod-private-"))
      .map(([, { id }]) => id);
    expect(await account.services.images("myproject-prod")).toEqual({
      [named("api-service")]: `${registry}/${named("api-service")}:v1.0.0`,
      [named("web-app")]: `${registry}/${named("web-app")}:v1.0.0`,
    });
    const { VpcConfig, ...lambda } = await account.lambda.function(named("lambda-processor"));
    expect(lambda.ImageUri).toBe(`${registry}/${named("lambda-processor")}@${digest}`);
    expect(privateIds).toHaveLength(3);
    expect(VpcConfig?.SubnetIds?.toSorted()).toEqual(privateIds.toSorted());
    expect(VpcConfig?.SecurityGroupIds).toEqual([groups[`${named("lambda-processor")}-lambda`]?.id]);
  });

  test("a second plan of every stack is empty", async () => {
    const { code, stdout, stderr } = await account.workspace.command(["diff", "prod"]);

    expect(code, stdout + stderr).toBe(0);
    expect(stdout.match(/No changes\. Your infrastructure matches the configuration\./g)).toHaveLength(7);
    expect((await bootstrap).code, (await bootstrap).stdout).toBe(0);
    await workspace.terraform("bootstrap-prod", ["plan", "-detailed-exitcode"]);
  });

  test("it is destroyed only after its protection is taken away, and then leaves nothing", async () => {
    const destroy = ["destroy", "prod", "--auto-approve"];
    const refused = await account.workspace.command(destroy);
    workspace.edit(
      "environments/prod.ts",
      'tier: "production",',
      `tier: "production",
        deletionProtection: false,
        productionExceptions: [{ rule: "deletion-protection", reason: "The environment is given up." }],`,
    );
    for (const name of run) await account.images.empty(named(name));

    const there = new ImageRegistry(account.variables, "us-west-2");
    await there.push(named("web-app"), "v1.0.0");

    const above = await account.workspace.command([...destroy, ...layerFlags("registry", "compute")]);
    const filled = await account.workspace.command([...destroy, ...layerFlags("replicas")]);
    await there.empty(named("web-app"));
    const destroyed = await account.workspace.command(destroy);

    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      "prod is protected from deletion. To destroy it, set deletionProtection: false",
    );
    expect([filled.code, filled.stderr]).toEqual([
      1,
      `These repositories hold images, and forceDelete is not deployed, so ECR would refuse to delete them:
  myproject-prod-web-app in us-west-2
Delete their images, or set forceDelete: true in environments/prod.ts and deploy that first: npm run deploy -- prod --layer replicas
Nothing was destroyed.
`,
    ]);
    expect(above.code, above.stdout + above.stderr).toBe(0);
    expect(destroyed.code, destroyed.stdout + destroyed.stderr).toBe(0);
    expect(destroyed.stdout.match(/^\[\d\/7\] destroy .*$/gm)).toEqual(
      stacks.toReversed().map((stack, i) => `[${i + 1}/7] destroy ${stack}`),
    );
    expect(await aws.repositories()).toEqual({});
    expect(await account.services.clusters()).toEqual([]);
    expect(await account.lambda.functionNames()).toEqual([]);
    expect(await account.lambda.roleNames()).toEqual([]);
    expect(await network.vpc()).toBeUndefined();
    expect(await new DeployedSecrets(account.variables).described("myproject-prod/api-token")).toMatchObject({
      DeletedDate: expect.any(Date),
    });
    expect(await aws.logGroups()).toEqual([]);
    expect(await aws.eventRules()).toEqual({});
    expect(await aws.logResourcePolicies()).toEqual([]);
    expect(await account.signals.topics()).toEqual({});
    expect(await account.signals.dashboards()).toEqual({});
    expect(await aws.scanType()).toBe("BASIC");
    expect(await aws.replicatedTo(names)).toEqual(Object.fromEntries(names.map((name) => [name, []])));
    for (const region of Object.keys(replicated)) {
      const replicas = new DeployedAws(account.variables, region);
      expect(await replicas.repositories()).toEqual({});
      expect(await replicas.scanType()).toBe("BASIC");
      await expect(replicas.key("alias/myproject-prod-ecr")).rejects.toThrow(/not found/i);
    }
  });
});
