import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateRepositoryCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import type { Workspace } from "../support/emulator/workspace";

/** The example of the guide. */
const guide = `ecr_repositories = {
  "web-app" = {
    image_tag_mutability = "MUTABLE"
    scan_on_push         = true
    max_image_count      = 50
  }

  "api-service" = {
    image_tag_mutability = "MUTABLE"
    scan_on_push         = true
    max_image_count      = 30
  }
}

ecr_encryption_type = "AES256"
`;

/** One call of each module, after their examples. */
const modules = `
locals {
  tags = { Example = "complete" }
}
module "terraform_aws_modules" {
  source          = "terraform-aws-modules/ecr/aws"
  repository_name = "examples/complete"
  create_repository_policy = false
  attach_repository_policy = false
  repository_lifecycle_policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep last 30 images"
      selection = {
        tagStatus     = "tagged"
        tagPrefixList = ["v"]
        countType     = "imageCountMoreThan"
        countNumber   = 30
      }
      action = { type = "expire" }
    }]
  })
  tags = local.tags
}
module "cloudposse" {
  source          = "cloudposse/ecr/aws"
  namespace       = "eg"
  stage           = "test"
  name            = "ecr"
  max_image_count = 70
  protected_tags  = ["prod"]
}
module "cloudposse_lifecycle" {
  source = "cloudposse/ecr/aws"
  name   = "test-lifecycle-policies"
  custom_lifecycle_rules = [
    {
      description = "Expire untagged images older than 30 days"
      selection = {
        tagStatus   = "untagged"
        countType   = "sinceImagePushed"
        countUnit   = "days"
        countNumber = 30
      }
      action = { type = "expire" }
    }
  ]
}
module "lgallard" {
  source       = "lgallard/ecr/aws"
  name         = "examples/simple"
  scan_on_push = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Pull"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}
module "lgallard_lifecycle" {
  source                    = "lgallard/ecr/aws"
  name                      = "example-development"
  lifecycle_policy_template = "development"
}
`;

const expire = { action: { type: "expire" } };
const newest = (countNumber: number, description: string, rulePriority = 1) => ({
  ...{ rulePriority, description, ...expire },
  selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
});

const days = { countType: "sinceImagePushed", countUnit: "days" };

const policyOf = (...statements: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A repository that a configuration makes. */
interface Made {
  readonly name: string;
  readonly imageTagMutability?: "IMMUTABLE";
  readonly rules?: readonly object[];
  readonly policy?: string;
}

/** What the modules make of these calls, after their sources. The first two make tags immutable. */
const byModules: readonly Made[] = [
  {
    ...{ name: "examples/complete", imageTagMutability: "IMMUTABLE" },
    rules: [
      {
        ...{ rulePriority: 1, description: "Keep last 30 images", ...expire },
        selection: {
          ...{ tagStatus: "tagged", tagPrefixList: ["v"] },
          ...{ countType: "imageCountMoreThan", countNumber: 30 },
        },
      },
    ],
  },
  {
    ...{ name: "eg-test-ecr", imageTagMutability: "IMMUTABLE" },
    rules: [
      {
        ...{ rulePriority: 1, description: "Protects images tagged with prefix prod", ...expire },
        selection: {
          ...{ tagStatus: "tagged", tagPrefixList: ["prod"] },
          ...{ countType: "imageCountMoreThan", countNumber: 999999 },
        },
      },
      {
        ...{ rulePriority: 2, description: "Remove untagged images", ...expire },
        selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 },
      },
      newest(70, "Rotate images when reach 70 images stored", 3),
    ],
  },
  {
    ...{ name: "test-lifecycle-policies", imageTagMutability: "IMMUTABLE" },
    rules: [
      {
        ...{ rulePriority: 1, description: "Expire untagged images older than 30 days", ...expire },
        selection: { tagStatus: "untagged", ...days, countNumber: 30 },
      },
      newest(500, "Rotate images when reach 500 images stored", 2),
    ],
  },
  {
    name: "example-development",
    rules: [
      {
        ...{ rulePriority: 1, description: "Expire untagged images after 7 days", ...expire },
        selection: { tagStatus: "untagged", ...days, countNumber: 7 },
      },
      {
        ...{ rulePriority: 2, description: "Keep only 50 images with prefixes: dev, feature", ...expire },
        selection: {
          ...{ tagStatus: "tagged", tagPrefixList: ["dev", "feature"] },
          ...{ countType: "imageCountMoreThan", countNumber: 50 },
        },
      },
    ],
  },
  {
    name: "examples/simple",
    policy: policyOf({
      ...{ Sid: "Pull", Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" } },
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    }),
  },
];

/** Configurations whose registries exist, each adopted and planned. Only keys and roles are deployed. */
describeWithTerraform("adopt tfvars", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;

  beforeAll(async () => {
    account = await EmulatedAccount.open("111122223333");
    ({ workspace } = account);
  });
  afterAll(() => account.close());

  async function make(repositories: readonly Made[]): Promise<void> {
    const client = new ECRClient(clientConfig(account.variables));
    for (const { name: repositoryName, rules, policy: policyText, imageTagMutability } of repositories) {
      await client.send(
        new CreateRepositoryCommand({
          ...{ repositoryName, imageScanningConfiguration: { scanOnPush: true } },
          ...(imageTagMutability !== undefined && { imageTagMutability }),
        }),
      );
      if (rules !== undefined)
        await client.send(
          new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: JSON.stringify({ rules }) }),
        );
      if (policyText !== undefined)
        await client.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
    }
  }

  /** Adopt a file, deploy what repositories need, and plan them. */
  async function planned(environment: string, file: string, ...flags: string[]) {
    const adopted = await workspace.command([
      ...["adopt", "tfvars", file, "--env", environment, "--project", "shop", "--account", "111122223333"],
      ...["--region", "us-east-1", "--keep-tags", ...flags],
    ]);
    expect(adopted.code, adopted.stderr).toBe(0);
    const written = `environments/${environment}.ts`;
    // A further environment has the state where the first has it.
    if (readFileSync(join(workspace.folder, written), "utf8").includes('backend: "s3"'))
      workspace.edit(written, /state: \{[^}]*\},/, 'state: { backend: "local" },');
    const security = await workspace.command([
      "deploy",
      environment,
      "--layer",
      "security",
      "--auto-approve",
    ]);
    expect(security.code, security.stderr).toBe(0);
    return await workspace.command(["adopt", "plan", "--env", environment, "--layer", "compute"]);
  }

  test("the guide's variables: everything is imported, a text that only AWS has is explained, and adopt aws takes it over", async () => {
    workspace.write("terraform.tfvars", guide);
    await make([
      { name: "shop-qa-web-app", rules: [newest(50, "Keep the 50 newest images")] },
      { name: "shop-qa-api-service", rules: [newest(30, "Keep last 30 images")] },
    ]);

    const { code, stdout, stderr } = await planned("qa", "terraform.tfvars");

    expect(stdout, stderr).toContain("compute-qa: 4 to import, 1 to add, 0 to change, 1 to destroy\n");
    expect(stdout).toContain("to keep what AWS has, set lifecyclePolicy to it");
    expect(code).toBe(2);

    await make([{ name: "tools/by-hand", imageTagMutability: "IMMUTABLE" }]);
    const completed = await workspace.command(["adopt", "aws", "--env", "qa", "--keep-tags", "--replace"]);
    const again = await workspace.command(["adopt", "plan", "--env", "qa", "--layer", "compute"]);

    expect(completed.code, completed.stderr).toBe(0);
    expect(completed.stdout).toContain('+      "tools/by-hand": {');
    expect(again.stdout, again.stderr).toBe("compute-qa: 5 to import, 0 to add, 0 to change, 0 to destroy\n");
    expect(again.code).toBe(0);
  });

  test("the modules' calls: everything is imported, and nothing changes", async () => {
    workspace.write("main.tf", modules);
    await make(byModules);

    const { code, stdout, stderr } = await planned("modules", "main.tf");
    const file = readFileSync(join(workspace.folder, "environments/modules.ts"), "utf8");

    expect(stdout, stderr).toBe("compute-modules: 10 to import, 0 to add, 0 to change, 0 to destroy\n");
    expect(code).toBe(0);
    expect(file).toContain('name: "eg-test-ecr"');
  });
});
