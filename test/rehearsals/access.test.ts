import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ECRClient, GetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import {
  CreateRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack, Testing } from "cdktf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { findProvider } from "../../emulator/installation";
import { EcrModule } from "../../modules/ecr/ecr-module";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const accountId = "123456789012";
const region = "us-east-1";
const assumeRolePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** A repository with every grant there is, and two roles: one of the stack and one that is there before. */
function stackWithGrants(): TerraformStack {
  const stack = new TerraformStack(new App(), "access");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region });
  stack.addOverride("terraform.required_providers.aws.version", findProvider()?.providerVersion);
  const web = new EcrModule(stack, "web", { name: "myproject-dev-web-app", accountId });
  // Nothing tells its account and Region before Terraform asks.
  const provider = new AwsProvider(stack, "any", { alias: "any" });
  const worker = new EcrModule(stack, "worker", { name: "myproject-dev-worker", provider });
  const base = EcrModule.fromName(stack, "base", {
    name: "myproject-prod-base-images",
    accountId: "987654321098",
    region,
  });
  const task = new IamRole(stack, "task", { name: "task", assumeRolePolicy });
  web.grantPull(task);
  base.grantPull(task);
  worker.grantPull(task);
  worker.grantPullToLambda();
  web.grantPullPush({ roleArn: `arn:aws:iam::${accountId}:role/ci/build` });
  web.grantPull({ roleArn: "arn:aws:iam::210987654321:role/not-made-yet" });
  web.grantPush({ roleArn: "arn:aws:iam::345678901234:role/ci/not-made-yet" });
  web.grantPullToAccount("210987654321");
  web.grantPullToOrganization({ organizationId: "o-a1b2c3d4e5" });
  web.grantPullToOrganization({ paths: ["o-b1b2c3d4e5/r-ab12/ou-ab12-11111111/*"] });
  web.grantPullToLambda({ accountIds: [accountId, "210987654321"] });
  web.addToPolicy({
    Sid: "DenyDeletion",
    Effect: "Deny",
    Principal: "*",
    Action: ["ecr:BatchDeleteImage"],
    Condition: { StringNotEquals: { "aws:PrincipalTag/team": ["${aws:ResourceTag/team}"] } },
  });
  web.addToPolicy({
    Effect: "Deny",
    NotPrincipal: { AWS: [`arn:aws:iam::${accountId}:root`, `arn:aws:iam::${accountId}:role/ci/build`] },
    NotAction: ["ecr:BatchGetImage", "ecr:Get*"],
  });
  web.addToPolicy({
    Sid: "new policy",
    Effect: "Allow",
    Principal: { AWS: ["210987654321"] },
    Action: ["ecr:GetAuthorizationToken", "ecr:DescribeImages"],
  });
  return stack;
}

describeWithTerraform("grants", () => {
  let account: EmulatedAccount;
  let clients: { ecr: ECRClient; iam: IAMClient };

  beforeAll(async () => {
    account = await EmulatedAccount.open(accountId);
    const config = clientConfig(account.variables);
    clients = { ecr: new ECRClient(config), iam: new IAMClient(config) };
    await clients.iam.send(
      new CreateRoleCommand({ RoleName: "build", Path: "/ci/", AssumeRolePolicyDocument: assumeRolePolicy }),
    );
    mkdirSync(join(account.workspace.folder, "cdktf.out/stacks/access"), { recursive: true });
    account.workspace.write("cdktf.out/stacks/access/cdk.tf.json", Testing.synth(stackWithGrants()));
  });
  afterAll(() => account.close());

  /** Sids and resources of the inline policies of a role. */
  async function grantedTo(RoleName: string): Promise<[string, unknown][]> {
    const { PolicyNames = [] } = await clients.iam.send(new ListRolePoliciesCommand({ RoleName }));
    expect(PolicyNames).toEqual([expect.stringMatching(/^ecr-/)]);
    const { PolicyDocument = "" } = await clients.iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: PolicyNames[0] }),
    );
    const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument));
    return Statement.map(({ Sid, Resource }: { Sid: string; Resource: unknown }) => [Sid, Resource]);
  }

  test("every grant is applied once, and a second plan changes nothing", async () => {
    const { workspace } = account;
    await workspace.terraform("access", ["init", "-input=false"]);
    await workspace.terraform("access", ["apply", "-auto-approve", "-input=false"]);
    const again = await workspace.terraform("access", ["plan", "-detailed-exitcode", "-input=false"], [0, 2]);

    expect(again.code, again.stdout).toBe(0);
    const { policyText = "" } = await clients.ecr.send(
      new GetRepositoryPolicyCommand({ repositoryName: "myproject-dev-web-app" }),
    );
    expect(policyText).toContain('"${aws:ResourceTag/team}"');
    expect(JSON.parse(policyText).Statement.map(({ Sid }: { Sid?: string }) => Sid)).toEqual([
      undefined,
      "DenyDeletion",
      "LambdaECRImageCrossAccountRetrievalPolicy",
      "LambdaECRImageRetrievalPolicy",
      "PullFromAccounts",
      "PullFromOrganizationPaths",
      "PullFromOrganizations",
      "PullFromRoles",
      "PushFromRoles",
      "new policy",
    ]);
    const web = `arn:aws:ecr:${region}:${accountId}:repository/myproject-dev-web-app`;
    const base = `arn:aws:ecr:${region}:987654321098:repository/myproject-prod-base-images`;
    const worker = `arn:aws:ecr:${region}:${accountId}:repository/myproject-dev-worker`;
    expect(await grantedTo("task")).toEqual([
      ["LogIn", "*"],
      ["PullImages", [worker, web, base]],
    ]);
    const ofWorker = await clients.ecr.send(
      new GetRepositoryPolicyCommand({ repositoryName: "myproject-dev-worker" }),
    );
    expect(ofWorker.policyText).toContain(`arn:aws:lambda:${region}:${accountId}:function:*`);
    expect(await grantedTo("build")).toEqual([
      ["LogIn", "*"],
      ["PullImages", [web]],
      ["PushImages", [web]],
    ]);
  });
});
