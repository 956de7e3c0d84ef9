import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { DeployedSecrets } from "../support/emulator/deployed-secrets";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import type { Ran } from "../support/emulator/ran";
import { environmentFile } from "../support/emulator/security-environment";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const secretValue = "correct horse battery staple";

/** A security layer with secrets and with roles of pipelines. The tests build on each other, in this order. */
describeWithTerraform("security", () => {
  let account: EmulatedAccount;
  let iam: IAMClient;
  let deployed: DeployedSecrets;

  const runner = (...args: string[]): Promise<Ran> => account.workspace.command(args);
  const secrets = (...args: string[]) => runner("secrets", ...args, "--env", "dev");

  /** Run the command with a value at its standard input. */
  const setSecret = (name: string, value: string): Promise<Ran> =>
    account.workspace.command(["secrets", "set", "--env", "dev", name], {}, value);

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    account.workspace.write("environments/dev.ts", environmentFile);
    const config = clientConfig(account.variables);
    iam = new IAMClient(config);
    deployed = new DeployedSecrets(account.variables);
    await new S3Client({ ...config, forcePathStyle: true }).send(
      new CreateBucketCommand({ Bucket: "myproject-tfstate" }),
    );
  });
  afterAll(() => account.close());

  test("a secret that is not deployed yet has no value, and cannot get one", async () => {
    const listed = await secrets("list");
    const set = await setSecret("db-password", secretValue);

    expect([listed.code, listed.stderr]).toEqual([2, "2 of 2 secrets have no value.\n"]);
    expect(listed.stdout.match(/not deployed/g)).toHaveLength(2);
    expect([set.code, set.stderr]).toEqual([
      1,
      "myproject-dev/db-password does not exist yet; deploy it first: npm run deploy -- dev --layer security\n",
    ]);
  });

  test("the layer is deployed", async () => {
    const { code, stdout, stderr } = await runner(
      "deploy",
      ...["dev", "--layer", "security", "--auto-approve"],
    );

    expect(code, stdout + stderr).toBe(0);
  });

  test("secrets are as the environment file says, without a value", async () => {
    const own = await deployed.described("myproject-dev/db-password");
    const cache = await deployed.described("ecr-pullthroughcache/myproject-dev-docker-hub");

    expect(own).toMatchObject({
      Description: "db-password of myproject dev",
      KmsKeyId: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//),
    });
    expect([own.VersionIdsToStages ?? {}, cache.KmsKeyId]).toEqual([{}, undefined]);
    expect(await deployed.policySids("myproject-dev/db-password")).toEqual(["OwnAccountOnly", "TlsOnly"]);
  });

  test("a value goes from standard input into the secret, and to no other place", async () => {
    const set = await setSecret("db-password", `${secretValue}\n`);
    const stored = await deployed.value("myproject-dev/db-password");
    await account.workspace.terraform("security-dev", ["plan", "-out=saved"]);
    const plan = await account.workspace.terraform("security-dev", ["show", "-json", "saved"]);
    const state = await account.workspace.terraform("security-dev", ["state", "pull"]);

    expect(set).toEqual({
      code: 0,
      signal: null,
      stdout: "myproject-dev/db-password has a new value.\n",
      stderr: "Removed a trailing newline from the value.\n",
    });
    expect(stored).toBe(secretValue);
    expect(plan.stdout).toContain("myproject-dev/db-password");
    expect(state.stdout).toContain("myproject-dev/db-password");
    expect(plan.stdout + state.stdout).not.toContain(secretValue);
  });

  test("the list says which secret lacks a value, and shows none", async () => {
    const { code, stdout, stderr } = await secrets("list");

    expect([code, stderr]).toEqual([2, "1 of 2 secrets have no value.\n"]);
    expect(stdout).toMatch(/db-password .*myproject-dev\/db-password .*\d{4}-\d\d-\d\dT/);
    expect(stdout).toMatch(/docker-hub .*ecr-pullthroughcache\/myproject-dev-docker-hub .*no value/);
    expect(stdout).not.toContain(secretValue);
  });

  test("credentials of a cache are taken, and then no secret lacks a value", async () => {
    const taken = await setSecret("docker-hub", '{"username":"me","accessToken":"token"}');
    const listed = await secrets("list");

    expect([taken.code, listed.code, listed.stderr]).toEqual([0, 0, ""]);
  });

  test("fails when the credentials belong to another account that has such a secret", async () => {
    account.workspace.write("environments/dev.ts", environmentFile.replace("123456789012", "210987654321"));
    const { code, stderr } = await setSecret("db-password", "other");
    account.workspace.write("environments/dev.ts", environmentFile);

    expect([code, stderr]).toEqual([
      1,
      "The credentials belong to account 123456789012, but dev is in 210987654321; nothing was changed.\n",
    ]);
  });

  test("there is one identity provider for each service that a role trusts", async () => {
    const { OpenIDConnectProviderList = [] } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
    const providers = await Promise.all(
      OpenIDConnectProviderList.map(({ Arn }) =>
        iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: Arn })),
      ),
    );

    expect(providers.map(({ Url, ClientIDList }) => [Url, ClientIDList]).toSorted()).toEqual([
      ["gitlab.com", ["https://gitlab.com"]],
      ["token.actions.githubusercontent.com", ["sts.amazonaws.com"]],
    ]);
  });

  test("a role trusts and may what the environment file says", async () => {
    const RoleName = "myproject-dev-ci-push-web-app";
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const { PolicyDocument = "" } = await iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: RoleName }),
    );
    const statements = (text = "") => JSON.parse(decodeURIComponent(text)).Statement;
    const provider = "arn:aws:iam::123456789012:oidc-provider";

    expect(
      statements(Role?.AssumeRolePolicyDocument).map(
        (statement: { Principal: object; Condition: object }) => [statement.Principal, statement.Condition],
      ),
    ).toEqual([
      [
        { Federated: `${provider}/token.actions.githubusercontent.com` },
        {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": ["repo:acme/web-app:ref:refs/heads/main"],
          },
        },
      ],
      [
        { Federated: `${provider}/gitlab.com` },
        {
          StringEquals: { "gitlab.com:aud": "https://gitlab.com" },
          StringLike: { "gitlab.com:sub": ["project_path:acme/web-app:ref_type:tag:ref:v*"] },
        },
      ],
    ]);
    expect(statements(PolicyDocument).map(({ Resource }: { Resource: unknown }) => Resource)).toEqual([
      "*",
      ["arn:aws:ecr:us-east-1:123456789012:repository/myproject-dev-web-app"],
      ["arn:aws:ecr:us-east-1:123456789012:repository/myproject-dev-web-app"],
    ]);
  });

  test("a role of the environment has its path and its boundary", async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "myproject-dev-ecr-template" }));

    expect([Role?.Path, Role?.PermissionsBoundary?.PermissionsBoundaryArn]).toEqual([
      "/myproject/dev/",
      "arn:aws:iam::123456789012:policy/myproject-dev-role-boundary",
    ]);
  });

  test("terraform output prints the ARNs that a pipeline needs", async () => {
    const { stdout } = await account.workspace.terraform("security-dev", ["output", "-json"]);
    const {
      ci_push_role_arns: push,
      ci_plan_role_arn: plan,
      ci_deploy_role_arn: deploy,
    } = JSON.parse(stdout);

    expect([push.value, plan.value, deploy.value]).toEqual([
      { "web-app": "arn:aws:iam::123456789012:role/myproject-dev-ci-push-web-app" },
      "arn:aws:iam::123456789012:role/myproject-dev-ci-plan",
      "arn:aws:iam::123456789012:role/myproject-dev-ci-deploy",
    ]);
  });

  test("a second plan is empty", async () => {
    const { code, stdout, stderr } = await runner("diff", "dev", "--layer", "security");

    expect(code, stdout + stderr).toBe(0);
  });

  test("it is destroyed and leaves no role, no provider and no readable secret", async () => {
    const { code, stdout, stderr } = await runner(
      "destroy",
      ...["dev", "--layer", "security", "--auto-approve"],
    );

    expect(code, stdout + stderr).toBe(0);
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
    expect(Roles.filter(({ RoleName }) => RoleName?.startsWith("myproject-dev-"))).toEqual([]);
    expect(OpenIDConnectProviderList).toEqual([]);
    await expect(deployed.value("myproject-dev/db-password")).rejects.toThrow();
  });
});
