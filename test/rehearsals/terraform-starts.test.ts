import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { recordTerraform } from "../support/commands/recorder";
import { devOutputs, devStacks, simulated } from "../support/commands/simulated-terraform";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** How often the commands start Terraform. */
describeWithTerraform("Terraform starts", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = new Workspace();
    for (const name of ["dev", "prod"])
      workspace.edit(`environments/${name}.ts`, /state: \{.*\}/, 'state: { backend: "local" }');
    await workspace.compile();
  });
  beforeEach(() => rmSync(join(workspace.folder, "cdktf.out"), { recursive: true, force: true }));
  afterAll(() => workspace.remove());

  const environment = { DIFF_CONCURRENCY: "1" };
  const run = async (command: string, act = simulated({ outputs: devOutputs }), variables = {}) => {
    const terraform = recordTerraform(workspace, act);
    const args = command.split(" ");
    const ran = await workspace.command(args, { ...environment, ...terraform.variables, ...variables });
    const started = terraform
      .starts()
      .map(({ args }) => args.replace(/^-chdir=\S*\//, "").split(" "))
      .map(([stack, verb]) => `${verb} ${stack}`);
    return { ...ran, started } satisfies Ran & { started: string[] };
  };
  const stackFile = (name: string) => join(workspace.folder, "cdktf.out/stacks/security-dev", name);
  const plans = devStacks.map((stack) => `plan ${stack}`);

  test("diff reads the outputs of a stack once, and initializes a stack only in the first run", async () => {
    const first = await run("diff dev");
    const second = await run("diff dev");

    expect(first.code, first.stderr).toBe(0);
    expect(first.started.toSorted()).toEqual(
      [
        ...devStacks.map((stack) => `init ${stack}`),
        "output network-dev",
        "output security-dev",
        ...plans,
      ].toSorted(),
    );
    expect(second.code).toBe(0);
    expect(second.started).toEqual(["output security-dev", "output network-dev", ...plans]);
  });

  test("with --json, only what was done goes to standard output", async () => {
    const { code, stdout, stderr } = await run("deploy dev --auto-approve --json --markdown summary.md");

    expect(code, stderr).toBe(0);
    const { stacks, finished } = JSON.parse(stdout);
    expect(finished).toBe(true);
    expect(stacks.map(({ stack, outcome }: Record<string, string>) => [stack, outcome])).toEqual(
      devStacks.map((stack) => [stack, "no changes"]),
    );
    expect(stderr).toContain("deploy compute-dev");
    expect(readFileSync(join(workspace.folder, "summary.md"), "utf8")).toContain("## deploy dev: finished");
  });

  test("a deploy without changes only plans", async () => {
    await run("diff dev");
    const { code, started } = await run("deploy dev --auto-approve");

    expect(code).toBe(0);
    expect(started).toEqual(plans);
  });

  const security = "diff dev --layer security";
  const [init, plan] = ["init security-dev", "plan security-dev"];

  test.each([
    ["the lock file", () => appendFileSync(stackFile(".terraform.lock.hcl"), "x")],
    ["what init left in .terraform", () => appendFileSync(stackFile(".terraform/terraform.tfstate"), " ")],
    ["the absence of a lock file", () => rmSync(stackFile(".terraform.lock.hcl"))],
  ])("a stack is initialized again after a change of %s", async (_, change) => {
    await run(security);
    change();
    const { started } = await run(security);

    expect(started).toEqual([init, plan]);
  });

  test.each([
    ["Terraform's variables", { TF_CLI_CONFIG_FILE: "/dev/null" }],
    ["the provider's version", { CDKTF_CONTEXT_JSON: '{"awsProviderVersion":"5.99.0"}' }],
  ])("a stack is initialized again with a change of %s, once", async (_, variables) => {
    await run(security);
    const first = await run(security, undefined, variables);
    const second = await run(security, undefined, variables);

    expect([first.started, second.started]).toEqual([[init, plan], [plan]]);
  });

  test.each(["TF_CLI_ARGS_init", "TF_DATA_DIR"])("a stack is always initialized with %s", async (name) => {
    const value = { TF_CLI_ARGS_init: "-upgrade", TF_DATA_DIR: "elsewhere" }[name];
    await run(security, undefined, { [name]: value });
    const { started } = await run(security, undefined, { [name]: value });

    expect(started).toEqual([init, plan]);
  });

  test("a stack is initialized again after a failed init", async () => {
    await run(security);
    appendFileSync(stackFile(".terraform.lock.hcl"), "x");
    const failed = await run(security, 'test "$2" = init && exit 1');
    const { started } = await run(security);

    expect(failed.code).toBe(1);
    expect(started).toEqual([init, plan]);
  });

  test("if the real Terraform requires init, the stack is initialized and planned again, and only then", async () => {
    await run(security);
    const real = 'test -d "${1#-chdir=}/.terraform/providers" && test "$2" = plan && exit 0';
    const first = await run(security, real);
    const second = await run(security, real);

    expect(first).toMatchObject({ code: 0, started: [plan, init, plan], stderr: "" });
    expect(second).toMatchObject({ code: 0, started: [plan] });
  });

  test("another failure of the plan is shown and not repeated, and the next run initializes the stack", async () => {
    await run(security);
    const failed = await run(security, simulated({ plan: "echo broken >&2; exit 1" }));
    const { started } = await run(security);

    expect(failed).toMatchObject({
      code: 1,
      started: [plan],
      stderr: "broken\nsecurity-dev: terraform plan failed with exit code 1.\n",
    });
    expect(started).toEqual([init, plan]);
  });

  test("a destroy always initializes the stacks that it destroys", async () => {
    await run("diff dev");
    const { code, started } = await run("destroy dev --layer compute --auto-approve");

    expect(code).toBe(0);
    expect(started).toEqual(["init compute-dev", "show compute-dev", "destroy compute-dev"]);
  });

  test("a destroy does not initialize again the stacks that it only reads", async () => {
    await run("diff dev");
    const { started } = await run("destroy dev --layer registry --auto-approve");

    expect(started).toEqual([
      "state compute-dev",
      "init registry-123456789012-us-east-1",
      "destroy registry-123456789012-us-east-1",
    ]);
  });
});
