import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  DescribePullThroughCacheRulesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  ECRClient,
  GetAccountSettingCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import type { Workspace } from "../support/emulator/workspace";

const environmentFile = `import { defineEnvironment } from "./environment";

export const dev = defineEnvironment({
  name: "dev",
  project: "myproject",
  accountId: "123456789012",
  region: "eu-west-1",
  tier: "development",
  state: { backend: "local" },
  ecr: {
    encryptionType: "KMS",
    accountSettings: { basicScanTypeVersion: "AWS_NATIVE", registryPolicyScope: "V2" },
    creationTemplates: { team: { appliedFor: ["REPLICATION"], imageTagMutability: "IMMUTABLE", maxImageCount: 5 } },
    pullThroughCache: {
      base: { upstream: "ecr", registryId: "444455556666", region: "us-west-2", upstreamPrefix: "tools" },
      mirror: { upstream: "ecr", region: "us-west-2", prefix: "ROOT" },
    },
    publicRepositories: {
      cli: {
        description: "Command line",
        aboutText: "a".repeat(10_240),
        architectures: ["x86-64", "RISC-V"],
        operatingSystems: ["Linux"],
      },
      empty: {},
    },
  },
  acceptedWarnings: [
    { warning: "root-cache-covers-registry", reason: "the registry is a mirror and nothing else" },
    { warning: "catalog-data-not-shown", reason: "the gallery may show it one day" },
  ],
});
`;

const registry = "registry-123456789012-eu-west-1";

/**
 * What AWS keeps once per account and Region, in the registry stack. Public repositories are planned and not deployed,
 * because the emulator (moto 5.2.1) has no ECR Public; exclusions need a newer AWS provider than the tests have.
 */
describeWithTerraform("a whole registry", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  let ecr: ECRClient;

  const runner = (command: string) =>
    workspace.command([
      ...[command, "dev", "--layer", "security", "--layer", "registry"],
      ...(command === "diff" ? [] : ["--auto-approve"]),
    ]);

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    ({ workspace } = account);
    workspace.write("environments/dev.ts", environmentFile);
    rmSync(join(workspace.folder, "environments/prod.ts"));
    workspace.write(
      "environments/all.ts",
      `import { dev } from "./dev";

export const definitions = { "environments/dev.ts": dev };
`,
    );
    ecr = new ECRClient({ ...clientConfig(account.variables), region: "eu-west-1" });
  });
  afterAll(() => account.close());

  test("security and registry are deployed", async () => {
    const { code, stdout, stderr } = await runner("deploy");

    expect(code, stdout + stderr).toBe(0);
  });

  test("the account settings have their values", async () => {
    const value = async (name: "BASIC_SCAN_TYPE_VERSION" | "REGISTRY_POLICY_SCOPE") =>
      (await ecr.send(new GetAccountSettingCommand({ name }))).value;

    expect(await value("BASIC_SCAN_TYPE_VERSION")).toBe("AWS_NATIVE");
    expect(await value("REGISTRY_POLICY_SCOPE")).toBe("V2");
  });

  test("the caches read private registries with the role of security", async () => {
    const { pullThroughCacheRules = [] } = await ecr.send(new DescribePullThroughCacheRulesCommand({}));
    const role = "arn:aws:iam::123456789012:role/myproject/dev/myproject-dev-ecr-cache";

    expect(
      Object.fromEntries(pullThroughCacheRules.map((rule) => [rule.ecrRepositoryPrefix, rule])),
    ).toMatchObject({
      "myproject-dev-base": {
        upstreamRegistryUrl: "444455556666.dkr.ecr.us-west-2.amazonaws.com",
        upstreamRepositoryPrefix: "tools",
        customRoleArn: role,
      },
      ROOT: { upstreamRegistryUrl: "123456789012.dkr.ecr.us-west-2.amazonaws.com", customRoleArn: role },
    });
  });

  test("the templates have the key and the role of security", async () => {
    const { repositoryCreationTemplates = [] } = await ecr.send(
      new DescribeRepositoryCreationTemplatesCommand({}),
    );
    const output = JSON.parse((await workspace.terraform("security-dev", ["output", "-json"])).stdout);

    expect(repositoryCreationTemplates.map(({ prefix }) => prefix).toSorted()).toEqual([
      "ROOT",
      "myproject-dev-base",
      "team",
    ]);
    expect(repositoryCreationTemplates.find(({ prefix }) => prefix === "team")).toMatchObject({
      appliedFor: ["REPLICATION"],
      imageTagMutability: "IMMUTABLE",
      customRoleArn: output.ecr_template_role_arn.value,
      encryptionConfiguration: { encryptionType: "KMS", kmsKey: output.ecr_kms_key_arn.value },
      lifecyclePolicy: expect.stringContaining('"countNumber":5'),
    });
  });

  test("a second plan is empty", async () => {
    const { code, stdout, stderr } = await runner("diff");

    expect(code, stdout + stderr).toBe(0);
  });

  test("public repositories are planned in us-east-1", async () => {
    await workspace.terraform("compute-dev", ["init"]);
    await workspace.terraform("compute-dev", ["plan", "-out=dev.tfplan"]);
    const shown = await workspace.terraform("compute-dev", ["show", "-json", "dev.tfplan"]);
    const plan = JSON.parse(shown.stdout);
    const planned = plan.resource_changes.filter(
      ({ type }: { readonly type: string }) => type === "aws_ecrpublic_repository",
    );

    expect(plan.configuration.provider_config["aws.us-east-1"].expressions.region).toEqual({
      constant_value: "us-east-1",
    });
    expect(planned).toMatchObject([
      {
        address: "aws_ecrpublic_repository.cli",
        change: {
          actions: ["create"],
          after: {
            repository_name: "myproject-dev-cli",
            catalog_data: [{ description: "Command line", architectures: ["RISC-V", "x86-64"] }],
          },
        },
      },
      {
        address: "aws_ecrpublic_repository.empty",
        change: { actions: ["create"], after: { catalog_data: [] } },
      },
    ]);
  });

  test("everything is destroyed and leaves nothing", async () => {
    const { code, stdout, stderr } = await runner("destroy");

    expect(code, stdout + stderr).toBe(0);
    expect((await workspace.terraform(registry, ["state", "list"])).stdout).toBe("");
  });
});
