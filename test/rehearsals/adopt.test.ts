import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreatePullThroughCacheRuleCommand,
  CreateRepositoryCommand,
  CreateRepositoryCreationTemplateCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
  PutRegistryScanningConfigurationCommand,
  SetRepositoryPolicyCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const provider = 'provider "aws" {\n  region = "us-east-1"\n}\n';

/** A repository with what the guide's module makes for it. */
const guideModule = `
variable "name" {}
variable "options" {}
resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = var.options.image_tag_mutability
  image_scanning_configuration {
    scan_on_push = true
  }
}
resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep last \${var.options.max_image_count} images"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = var.options.max_image_count }
      action       = { type = "expire" }
    }]
  })
}
`;

const guideMain = `${provider}
locals {
  repositories = {
    "web-app" = { image_tag_mutability = "IMMUTABLE", max_image_count = 50 }
    worker    = { image_tag_mutability = "MUTABLE", max_image_count = 20 }
  }
}
module "ecr_repositories" {
  source   = "./ecr"
  for_each = local.repositories
  name     = "shop-guide-\${each.key}"
  options  = each.value
}
`;

/** Counted resources in a module, tags, and a policy: the shape of public modules. */
const countedModule = `
resource "aws_ecr_repository" "this" {
  count                = 1
  name                 = "team/app"
  image_tag_mutability = "IMMUTABLE"
  tags                 = { Owner = "team" }
  encryption_configuration {
    encryption_type = "AES256"
  }
  image_scanning_configuration {
    scan_on_push = true
  }
}
resource "aws_ecr_repository_policy" "this" {
  count      = 1
  repository = aws_ecr_repository.this[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PrivateReadOnly"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]
    }]
  })
}
resource "aws_ecr_lifecycle_policy" "this" {
  count      = 1
  repository = aws_ecr_repository.this[0].name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
      action       = { type = "expire" }
    }]
  })
}
`;

/** The attributes of repositories that a plan changes. */
const changesIn = (printed: string): string[] => {
  const changes = printed.matchAll(/ {2}aws_ecr_repository\.[^:]*: change ([a-z_]+)/g);
  return [...new Set([...changes].map(([, attribute = ""]) => attribute))].toSorted();
};

/** Registries made in three ways, each adopted, imported and planned, with Terraform as it is. */
describeWithTerraform("adopt", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  const providers: RunningProvider[] = [];

  beforeAll(async () => {
    emulator = await startEmulator();
    workspace = new Workspace();
  });
  afterAll(async () => {
    for (const running of providers) await running.stop();
    await emulator.stop();
    workspace.remove();
  });

  /** Environment variables of an account, with a provider of its own. */
  async function asAccount(accountId: string): Promise<Record<string, string>> {
    const account = await emulator.asAccount(accountId);
    const running = await startProvider(account);
    providers.push(running);
    return { ...account, ...running.variables };
  }

  /** Apply a project of Terraform with one module, and return the path of its state. */
  async function applied(folder: string, main: string, module: string, account: Record<string, string>) {
    mkdirSync(join(workspace.folder, folder, "ecr"), { recursive: true });
    workspace.write(`${folder}/main.tf`, main);
    workspace.write(`${folder}/ecr/main.tf`, module);
    for (const args of [
      ["init", "-input=false"],
      ["apply", "-input=false", "-auto-approve"],
    ]) {
      const ran = await workspace.run(["terraform", `-chdir=${folder}`, ...args, "-no-color"], account);
      expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    }
    return `${folder}/terraform.tfstate`;
  }

  /** Deploy what repositories need, plan the imports, deploy them, and plan again. */
  async function deployed(environment: string, account: Record<string, string>) {
    workspace.edit(`environments/${environment}.ts`, /state: \{[^}]*\},/, 'state: { backend: "local" },');
    const deploy = (...layers: string[]) =>
      workspace.command(
        ["deploy", environment, ...layers.flatMap((layer) => ["--layer", layer]), "--auto-approve"],
        account,
      );
    const security = await deploy("security");
    expect(security.code, security.stderr).toBe(0);
    const planned = await workspace.command(
      ["adopt", "plan", "--env", environment, "--layer", "registry", "--layer", "compute"],
      account,
    );
    const rest = await deploy("registry", "compute");
    expect(rest.code, rest.stdout + rest.stderr).toBe(0);
    const again = await workspace.command(["diff", environment], account);
    expect(again.code, again.stdout + again.stderr).toBe(0);
    return planned;
  }

  const creationTimes = async (account: Record<string, string>) => {
    const { repositories = [] } = await new ECRClient(clientConfig(account)).send(
      new DescribeRepositoriesCommand({}),
    );
    return repositories
      .map(({ repositoryName, createdAt }) => [repositoryName, createdAt?.getTime()])
      .toSorted();
  };

  test("what the guide's modules made is imported from their state, and leaves it in a safe order", async () => {
    const account = await asAccount("111122223333");
    const state = await applied("guide", guideMain, guideModule, account);
    const before = await creationTimes(account);
    const adopted = await workspace.command(
      ["adopt", "state", state, "--env", "guide", "--project", "shop", "--keep-tags"],
      account,
    );
    expect(adopted.code, adopted.stderr).toBe(0);
    const planned = await deployed("guide", account);
    const leaves = adopted.stdout.split("\n").filter((line) => line.includes("terraform state rm"));
    for (const line of leaves) {
      const address = /'(.*)'/.exec(line)?.[1] ?? "";
      const ran = await workspace.run(["terraform", "-chdir=guide", "state", "rm", address], account);
      expect(ran.code, ran.stderr).toBe(0);
    }
    const left = await workspace.run(["terraform", "-chdir=guide", "state", "list"], account);
    const done = await workspace.command(["adopt", "done", "--env", "guide"], account);

    expect(leaves.map((line) => line.trim())).toEqual([
      `terraform state rm 'module.ecr_repositories["web-app"].aws_ecr_lifecycle_policy.this'`,
      `terraform state rm 'module.ecr_repositories["worker"].aws_ecr_lifecycle_policy.this'`,
      `terraform state rm 'module.ecr_repositories["web-app"].aws_ecr_repository.this'`,
      `terraform state rm 'module.ecr_repositories["worker"].aws_ecr_repository.this'`,
    ]);
    expect(planned.code).toBe(2);
    expect(planned.stdout).toContain("-us-east-1: 1 to import, 0 to add, 1 to change, 0 to destroy\n");
    expect(planned.stdout).toContain("aws_ecr_registry_scanning_configuration.scanning: change rule[0]");
    expect(planned.stdout).toContain("compute-guide: 4 to import, 0 to add, 0 to change, 0 to destroy\n");
    expect(left.stdout).toBe("");
    // The deploy has removed the blocks that it carried out.
    expect([done.code, done.stdout]).toEqual([0, "guide: no import block is left.\n"]);
    expect(await creationTimes(account)).toEqual(before);
  });

  test("what a module made under a name of its own keeps its name and policies", async () => {
    const account = await asAccount("222233334444");
    const state = await applied(
      "counted",
      `${provider}module "ecr" {\n  source = "./ecr"\n}\n`,
      countedModule,
      account,
    );
    const adopted = await workspace.command(
      ["adopt", "state", state, "--env", "counted", "--project", "shop", "--removed-blocks"],
      account,
    );
    expect(adopted.code, adopted.stderr).toBe(0);
    const file = readFileSync(join(workspace.folder, "environments/counted.ts"), "utf8");
    const planned = await deployed("counted", account);

    expect(file).toContain('name: "team/app"');
    expect(adopted.stdout).toContain("from = module.ecr.aws_ecr_repository.this");
    expect(planned.stdout).toContain("compute-counted: 3 to import, 0 to add, 1 to change, 0 to destroy\n");
    expect(changesIn(planned.stdout)).toEqual(["tags"]);
    expect(planned.stdout).toContain("to keep the tags as they are, set ignoreTagChanges: true");
  });

  test("what was made by hand is read from the account, and what is left to others is unmanaged", async () => {
    const account = await asAccount("333344445555");
    const client = new ECRClient(clientConfig(account));
    for (const repositoryName of ["shop/hand/api", "shop/hand/web", "other/tool"])
      await client.send(new CreateRepositoryCommand({ repositoryName }));
    const rule = { selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 9 } };
    const rules = [{ rulePriority: 1, description: "Keep 9", ...rule, action: { type: "expire" } }];
    const lifecyclePolicyText = JSON.stringify({ rules });
    for (const repositoryName of ["shop/hand/api", "shop/hand/web"])
      await client.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
    const statement = {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "ecr:BatchGetImage",
    };
    await client.send(
      new SetRepositoryPolicyCommand({
        repositoryName: "shop/hand/web",
        policyText: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      }),
    );
    await client.send(
      new PutRegistryScanningConfigurationCommand({
        scanType: "BASIC",
        rules: [
          {
            scanFrequency: "SCAN_ON_PUSH",
            repositoryFilters: [{ filter: "*shop*", filterType: "WILDCARD" }],
          },
        ],
      }),
    );
    await client.send(
      new CreateRepositoryCreationTemplateCommand({
        ...{ prefix: "shop/hand/quay", appliedFor: ["PULL_THROUGH_CACHE"], imageTagMutability: "IMMUTABLE" },
        lifecyclePolicy: lifecyclePolicyText,
      }),
    );
    for (const [ecrRepositoryPrefix, upstreamRegistryUrl] of [
      ["shop/hand/quay", "quay.io"],
      ["kubernetes", "registry.k8s.io"],
    ] as const)
      await client.send(new CreatePullThroughCacheRuleCommand({ ecrRepositoryPrefix, upstreamRegistryUrl }));
    await client.send(new CreateRepositoryCommand({ repositoryName: "shop/hand/quay/coreos/etcd" }));
    await new CloudWatchLogsClient(clientConfig(account)).send(
      new CreateLogGroupCommand({ logGroupName: "/team/ecr-findings" }),
    );
    const tried = await workspace.command(
      [
        ...["adopt", "aws", "--env", "hand", "--project", "shop", "--account", "333344445555"],
        ...["--region", "us-east-1", "--tier", "production", "--dry-run"],
      ],
      account,
    );
    const adopted = await workspace.command(
      [
        ...["adopt", "aws", "--env", "hand", "--project", "shop", "--account", "333344445555"],
        ...["--region", "us-east-1", "--repository", "shop/*", "--keep-tags"],
      ],
      account,
    );
    expect(adopted.code, adopted.stderr).toBe(0);
    const file = readFileSync(join(workspace.folder, "environments/hand.ts"), "utf8");
    const planned = await deployed("hand", account);

    expect(file).toContain('quay: {\n        upstream: "quay",\n        imageTagMutability: "IMMUTABLE",');
    expect(file).not.toContain("coreos");
    expect(file).toContain('accountSettings: {\n      basicScanTypeVersion: "AWS_NATIVE",');
    expect(adopted.stderr).toContain("loss: log groups /team/ecr-findings: ");
    expect(adopted.stderr).toContain("loss: pull-through cache kubernetes: --repository does not choose");
    // Without --repository, the environment gets all, so no pattern fits.
    expect(tried.stdout, tried.stderr).toContain('name: "other/tool"');
    expect(tried.stdout).toContain('rule: "customer-managed-kms",');
    expect(file).toContain('naming: { repository: "{project}/{environment}/{name}" }');
    expect(file).toContain('"other/tool": { scanOnPush: false }');
    expect(planned.stdout).toContain("-us-east-1: 5 to import, 0 to add, 2 to change, 0 to destroy\n");
    expect(planned.stdout).toContain("leave the cache or template out of the file");
    expect(planned.stdout).toContain("compute-hand: 5 to import, 0 to add, 2 to change, 0 to destroy\n");
    expect(changesIn(planned.stdout)).toEqual(["image_scanning_configuration"]);
  });
});
