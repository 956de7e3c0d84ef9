import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environmentFile } from "../emulator/security-environment";
import { Workspace } from "../emulator/workspace";

const secretValue = "correct horse battery staple";

/** What the command refuses before it asks AWS anything. */
describe("secrets", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    workspace.write("environments/dev.ts", environmentFile);
    workspace.edit("environments/prod.ts", /^ *security: .*\n/m, "");
    workspace.edit("environments/prod.ts", /^ *secrets: .*\n/m, "");
  });
  afterAll(() => workspace.remove());

  const secrets = async (args: readonly string[], value = "") => {
    const { signal: _, ...ran } = await workspace.command(["secrets", ...args], {}, value);
    return ran;
  };

  test("fails when the environment has no such secret, with a suggestion", async () => {
    const near = await secrets(["set", "--env", "dev", "db-pasword"], secretValue);
    const far = await secrets(["set", "--env", "dev", "license"], secretValue);
    const none = await secrets(["set", "--env", "prod", "license"], secretValue);

    expect([near, far, none]).toEqual(
      [
        'There is no secret "db-pasword" in dev; did you mean "db-password"?\n',
        'There is no secret "license" in dev; there are db-password, docker-hub\n',
        'There is no secret "license" in prod; its file declares none\n',
      ].map((stderr) => ({ code: 1, stdout: "", stderr })),
    );
  });

  test("fails when there is no value", async () => {
    expect(await secrets(["set", "--env", "dev", "db-password"], "\n")).toEqual({
      code: 1,
      stdout: "",
      stderr: "The value is empty; nothing was changed.\n",
    });
  });

  test("fails when the credentials of a cache are not as ECR reads them, and does not repeat them", async () => {
    const { code, stdout, stderr } = await secrets(["set", "--env", "dev", "docker-hub"], secretValue);

    expect([code, stdout, stderr]).toEqual([
      1,
      "",
      'ECR wants the value of docker-hub as {"username":"…","accessToken":"…"}, and username and accessToken are missing; nothing was changed.\n',
    ]);
  });

  test("an environment without secrets lacks no value", async () => {
    expect(await secrets(["list", "--env", "prod"])).toEqual({
      code: 0,
      stdout: "prod declares no secrets.\n",
      stderr: "",
    });
  });

  test("help names both commands, and a command is asked for", async () => {
    const help = await secrets(["--help"]);
    const nothing = await secrets([]);

    expect(help.code).toBe(0);
    expect(help.stdout).toContain("set [options] <secret>");
    expect(help.stdout).toContain("list [options]");
    expect(nothing.code).toBe(1);
  });
});
