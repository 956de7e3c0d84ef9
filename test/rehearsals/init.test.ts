import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTerminal, press } from "../support/commands/terminal";
import { Workspace } from "../support/emulator/workspace";

const flags = ["--project", "shop", "--account", "111122223333", "--region", "eu-west-1"];

/** `npm run init`, in a copy of the project. */
describe("init", () => {
  let workspace: Workspace;
  const read = (path: string) => readFileSync(join(workspace.folder, path), "utf8");
  const files = () => readdirSync(join(workspace.folder, "environments")).toSorted();
  let shipped: { files: string[]; list: string };
  const expectUnchanged = () => {
    expect(files()).toEqual(shipped.files);
    expect(read("environments/all.ts")).toBe(shipped.list);
  };

  beforeAll(() => {
    workspace = new Workspace();
    shipped = { files: files(), list: read("environments/all.ts") };
  });
  afterAll(() => workspace.remove());

  test("without a terminal, it says which flags are missing", async () => {
    const none = await workspace.command(["init"]);
    const some = await workspace.command(["init", "--name", "staging", "--region", "eu-west-1", "--yes"]);

    expect([none.code, none.stdout, none.stderr]).toEqual([
      ...[1, ""],
      "Without questions at a terminal, init also needs --project, --name, --account, --region, --yes; nothing was written.\n",
    ]);
    expect([some.code, some.stderr]).toEqual([
      1,
      "Without questions at a terminal, init also needs --project, --account; nothing was written.\n",
    ]);
    expectUnchanged();
  });

  test("wrong answers are reported together, and a file that exists is not overwritten", async () => {
    const { code, stdout, stderr } = await workspace.command([
      ...["init", ...flags, "--name", "dev", "--account", "12", "--yes"],
    ]);

    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain('--name: name: found "dev"; environments/dev.ts exists, and is not overwritten');
    expect(stderr).toContain('--account: accountId: found "12"; an AWS account ID is a string of 12 digits');
    expect(stderr).toContain("2 problems; nothing was written.\n");
    expectUnchanged();
  });

  test("--dry-run prints the file alone", async () => {
    const { code, stdout, stderr } = await workspace.command([
      ...["init", ...flags, "--name", "staging", "--dry-run"],
    ]);

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^import \{ defineEnvironment \}[\s\S]*export const staging = [\s\S]*\}\);\n$/);
    expectUnchanged();
  });

  test("Ctrl-C at the second question ends it, and nothing is written", async () => {
    const { code, printed } = await atTerminal(
      workspace,
      ["init"],
      [
        { question: "Project: the first part", act: press("shop\r") },
        { question: "Name of the environment", act: press("\x03") },
      ],
      { CI: undefined },
    );

    expect(code, printed).toBe(130);
    expect(printed).toContain("Cancelled at the prompt; nothing was written.");
    expectUnchanged();
  });

  test("at a terminal, a wrong answer is asked again, and no account is offered", async () => {
    const { code, printed } = await atTerminal(
      workspace,
      ["init", "--dry-run"],
      [
        { question: "Project: the first part", act: press("\r") },
        { question: "Name of the environment", act: press("dev\r") },
        { question: "environments/dev.ts exists", act: press("-eu\r") },
        { question: "Tier of the environment", act: press("\r") },
        { question: "AWS account, 12 digits", act: press("\r") },
        { question: "an AWS account ID is a string of 12 digits", act: press("111122223333\r") },
        { question: "AWS Region, e.g.", act: press("\r") },
        { question: "Repositories, with commas", act: press("web-app, worker\r") },
      ],
      { CI: undefined },
    );

    expect(code, printed).toBe(0);
    for (const line of [
      'name: "dev-eu"',
      'project: "myproject"',
      'accountId: "111122223333"',
      'region: "us-east-1"',
      'bucket: "myproject-dev-eu-tfstate-111122223333"',
      "worker: {",
    ])
      expect(printed).toContain(line);
    expectUnchanged();
  });

  test("at a terminal, it shows the file, and without a yes it writes nothing", async () => {
    const { code, printed } = await atTerminal(
      workspace,
      ["init", ...flags, "--name", "staging", "--tier", "production", "--repositories", "web-app"],
      [{ question: "Write environments/staging.ts", act: press("n") }],
      { CI: undefined },
    );

    expect(code, printed).toBe(1);
    expect(printed).toContain('encryptionType: "KMS"');
    expect(printed).toContain("Not confirmed; nothing was written.");
    expectUnchanged();
  });

  test("Ctrl-C while the project is synthesized takes both files back", async () => {
    const { code, printed } = await atTerminal(
      workspace,
      ["init", ...flags, "--name", "staging", "--yes"],
      [{ question: "Checking that the project synthesizes", act: press("\x03") }],
    );

    expect(code, printed).toBe(130);
    expect(printed).toContain("environments/staging.ts and environments/all.ts are as they were.");
    expectUnchanged();
  });

  test("the new environment synthesizes, and its URLs are known", async () => {
    const { code, stdout, stderr } = await workspace.command([
      ...["init", ...flags, "--name", "staging", "--repositories", "web-app,worker", "--yes"],
    ]);

    expect(code, stderr).toBe(0);
    expect(stdout).toContain("environments/staging.ts is written and listed in environments/all.ts");
    expect(stdout).toContain("State bucket: shop-staging-tfstate-111122223333");
    expect(stdout).toContain("npm run deploy -- staging --layer bootstrap ");
    expect(files()).toEqual([...shipped.files, "staging.ts"].toSorted());
    expect(existsSync(join(workspace.folder, "cdktf.out/stacks/compute-staging/cdk.tf.json"))).toBe(true);

    const urls = await workspace.run(["npm", "run", "--silent", "ecr", "--", "urls", "--env", "staging"]);
    expect(urls.stdout).toContain("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop-staging-web-app");
    expect(urls.stdout).toContain("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop-staging-worker");
  });

  test("if the project does not synthesize, both files are as before", async () => {
    const before = read("environments/all.ts");
    // The program that runs is compiled already; the one that it starts finds the mistake.
    workspace.write("app.ts", `${read("app.ts")}\nexport const mistake: number = "text";\n`);
    const { code, stderr } = await workspace.run([
      ...["node", "build/scripts/init.js", ...flags, "--name", "late", "--region", "eu-north-1", "--yes"],
    ]);

    expect(code).toBe(1);
    expect(stderr).toContain("does not synthesize; both files are as they were.");
    expect(read("environments/all.ts")).toBe(before);
    expect(existsSync(join(workspace.folder, "environments/late.ts"))).toBe(false);
  });
});
