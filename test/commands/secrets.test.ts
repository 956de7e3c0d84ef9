import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTerminal } from "../support/commands/terminal";
import { environmentFile } from "../support/emulator/security-environment";
import { Workspace } from "../support/emulator/workspace";

const secretValue = "correct horse battery staple";

const withoutSecrets = `import { defineEnvironment } from "./environment";

export const prod = defineEnvironment({
  name: "prod",
  project: "myproject",
  accountId: "987654321098",
  region: "us-east-1",
  tier: "development",
  state: { backend: "local" },
});
`;

/** What the command rejects before it calls AWS. */
describe("secrets", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = new Workspace({}, { code: false });
    workspace.write("environments/dev.ts", environmentFile);
    workspace.write("environments/prod.ts", withoutSecrets);
    await workspace.compile();
  });
  afterAll(() => workspace.remove());

  const secrets = async (args: readonly string[], value = "") => {
    const { signal: _, ...ran } = await workspace.command(["secrets", ...args], {}, value);
    return ran;
  };

  test("fails when the environment has no such secret, with a suggestion", async () => {
    const similar = await secrets(["set", "--env", "dev", "db-pasword"], secretValue);
    const different = await secrets(["set", "--env", "dev", "license"], secretValue);
    const none = await secrets(["set", "--env", "prod", "license"], secretValue);

    expect([similar, different, none]).toEqual(
      [
        'There is no secret "db-pasword" in dev; did you mean "db-password"?\n',
        'There is no secret "license" in dev; choose from db-password, docker-hub\n',
        'There is no secret "license" in prod; its file declares none\n',
      ].map((stderr) => ({ code: 1, stdout: "", stderr })),
    );
  });

  test("fails without credentials before it prompts for the value, and names the permissions needed", async () => {
    const withoutCredentials = {
      HOME: workspace.folder,
      AWS_EC2_METADATA_DISABLED: "true",
      ...Object.fromEntries(
        ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].map((name) => [
          name,
          undefined,
        ]),
      ),
    };

    const { code, printed } = await atTerminal(
      workspace,
      ["secrets", "set", "--env", "dev", "db-password"],
      [],
      withoutCredentials,
    );

    expect(code).toBe(1);
    expect(printed.trimEnd()).toBe(
      "myproject-dev/db-password in account 123456789012, us-east-1 cannot be read: There are no AWS credentials; sign in to account 123456789012, e.g. with aws sso login, or set AWS_PROFILE to a profile of that account, and rerun the command. The credentials must allow secretsmanager:DescribeSecret and secretsmanager:PutSecretValue.",
    );
  });

  test("list succeeds for an environment without secrets", async () => {
    expect(await secrets(["list", "--env", "prod"])).toEqual({
      code: 0,
      stdout: "prod declares no secrets.\n",
      stderr: "",
    });
  });

  test("help names both commands, and a command is required", async () => {
    const help = await secrets(["--help"]);
    const nothing = await secrets([]);

    expect(help.code).toBe(0);
    expect(help.stdout).toContain("set [options] <secret>");
    expect(help.stdout).toContain("list [options]");
    expect(nothing.code).toBe(1);
  });
});
