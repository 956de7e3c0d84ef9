import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import type { Workspace } from "../support/emulator/workspace";

const accountId = "111122223333";
const environment = (encryption: string) => `import { defineEnvironment } from "./environment";

export const trial = defineEnvironment({
  name: "trial",
  project: "acme",
  accountId: "${accountId}",
  region: "us-east-1",
  tier: "development",
  state: { backend: "local" },
  ecr: {
    encryptionType: "${encryption}",
    repositories: {
      app: {
        imageTagMutability: "IMMUTABLE",
        maxImageCount: 7,
        enableLambdaPull: true,
        enableReplication: true,
        replicationDestinations: [{ region: "us-west-2" }, { region: "eu-west-1" }],
      },
    },
  },
});
`;

/** Replicas that replication made before the project did. */
describeWithTerraform("imports of replicas", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  const west = () => new ECRClient(clientConfig(account.variables, "us-west-2"));

  beforeAll(async () => {
    account = await EmulatedAccount.open(accountId);
    ({ workspace } = account);
    workspace.write("environments/trial.ts", environment("AES256"));
    const all = readFileSync(join(workspace.folder, "environments/all.ts"), "utf8");
    workspace.write(
      "environments/all.ts",
      `import { trial } from "./trial";\n${all.replace("= {", '= { "environments/trial.ts": trial,')}`,
    );
    // As ECR makes it: mutable tags, no policies. Somebody has added two.
    const repositoryName = "acme-trial-app";
    await west().send(new CreateRepositoryCommand({ repositoryName }));
    const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 99 };
    const rules = [{ rulePriority: 1, selection, action: { type: "expire" } }];
    await west().send(
      new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: JSON.stringify({ rules }) }),
    );
    const statement = { Sid: "Old", Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" };
    const policyText = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await west().send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  });
  afterAll(() => account?.close());

  test("a replica and its policies are found in their Region and adopted, and the next plan is empty", async () => {
    const { createdAt } = await replica();
    const security = await workspace.command(["deploy", "trial", "--layer", "security", "--auto-approve"]);
    expect(security.code, security.stderr).toBe(0);

    const found = await workspace.command(["imports", "trial", "--layer", "replicas"]);
    const deployed = await workspace.command(["deploy", "trial", "--layer", "replicas", "--auto-approve"]);
    const again = await workspace.command(["diff", "trial", "--layer", "replicas"]);

    expect(found.code, found.stderr).toBe(0);
    expect(found.stdout).toBe(`replicas-trial: 3 to import
  aws_ecr_lifecycle_policy.us-west-2_app
  aws_ecr_repository.us-west-2_app
  aws_ecr_repository_policy.us-west-2_app
  written to cdktf.out/stacks/replicas-trial/imports.tf.json
To import them: npm run deploy -- trial --layer replicas
`);
    expect(deployed.code, deployed.stderr).toBe(0);
    expect(deployed.stdout).toMatch(/3 to import/);
    expect(again.code, again.stdout + again.stderr).toBe(0);
    const adopted = await replica();
    expect(adopted).toMatchObject({ imageTagMutability: "IMMUTABLE" });
    expect(adopted.createdAt).toEqual(createdAt);
    const { lifecyclePolicyText = "" } = await west().send(
      new GetLifecyclePolicyCommand({ repositoryName: "acme-trial-app" }),
    );
    expect(JSON.parse(lifecyclePolicyText).rules[0].selection.countNumber).toBe(7);
  });

  test("replicas with other encryption than the file's are named and not imported", async () => {
    workspace.write("environments/trial.ts", environment("KMS"));
    const security = await workspace.command(["deploy", "trial", "--layer", "security", "--auto-approve"]);
    expect(security.code, security.stderr).toBe(0);
    rmSync(join(workspace.folder, ".terraform-state/replicas-trial.tfstate"));

    const { code, stdout, stderr } = await workspace.command(["imports", "trial", "--layer", "replicas"]);

    expect(code, stderr).toBe(1);
    expect(stdout).not.toContain("aws_ecr_repository.us-west-2_app");
    expect(stderr).toMatch(
      /replicas-trial: these exist, but cannot become .*\n {2}aws_ecr_repository\.eu-west-1_app: .*"AES256" -> "KMS".*\n {2}aws_ecr_repository\.us-west-2_app: .*"AES256" -> "KMS"/,
    );
  });

  async function replica() {
    const { repositories: [found] = [] } = await west().send(new DescribeRepositoriesCommand({}));
    return found ?? {};
  }
});
