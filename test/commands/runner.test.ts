import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { planned, savedPlans } from "../support/commands/planned";
import { recordTerraform } from "../support/commands/recorder";
import { atTerminal, press } from "../support/commands/terminal";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { environmentsFolderIn } from "../support/emulator/start-modules";
import { Workspace } from "../support/emulator/workspace";

describeWithTerraform("runner", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = new Workspace();
    for (const name of ["dev", "prod"])
      workspace.edit(`environments/${name}.ts`, /state: \{.*\}/, 'state: { backend: "local" }');
    await workspace.compile();
  });
  afterAll(() => workspace.remove());

  const deploy = (args: string, variables: Record<string, string | undefined> = {}): Promise<Ran> =>
    workspace.loaded(["deploy", ...args.split(" ")], variables);

  test("without a terminal and without --auto-approve, nothing is started", async () => {
    const terraform = recordTerraform(workspace);

    const { code, stderr } = await deploy("dev", terraform.variables);

    expect(code).toBe(1);
    expect(stderr).toBe(
      "There is no terminal to ask for confirmation; nothing was started. Add --auto-approve to deploy without confirmation.\n",
    );
    expect(terraform.starts()).toEqual([]);
  });

  test("layers are planned and applied in order, with the given flags, and without telemetry or provider locking", async () => {
    const terraform = recordTerraform(workspace, planned());

    const { code, stdout } = await deploy(
      "dev --auto-approve -parallelism=2 -refresh=false",
      terraform.variables,
    );

    expect(code).toBe(0);
    const plan =
      "plan -input=false -detailed-exitcode -lock-timeout=60s -no-color -parallelism=2 -refresh=false -out=runner-1.tfplan";
    const apply = "apply -input=false -lock-timeout=60s -no-color -parallelism=2 runner-1.tfplan";
    const starts = terraform.starts().map(({ args, ...rest }) => ({
      ...rest,
      args: args.replace(/runner-\d+/, "runner-1"),
    }));
    expect(starts).toEqual(
      ["security-dev", "network-dev", "registry-123456789012-us-east-1", "compute-dev"].flatMap((stack) => [
        { checkpoint: "1", args: `-chdir=cdktf.out/stacks/${stack} init -input=false -no-color` },
        { checkpoint: "1", args: `-chdir=cdktf.out/stacks/${stack} ${plan}` },
        { checkpoint: "1", args: `-chdir=cdktf.out/stacks/${stack} show -json runner-1.tfplan` },
        { checkpoint: "1", args: `-chdir=cdktf.out/stacks/${stack} ${apply}` },
      ]),
    );
    expect(stdout).toContain("[3/4] deploy registry-123456789012-us-east-1");
  });

  test("the first failure stops the run, with Terraform's exit code", async () => {
    const terraform = recordTerraform(workspace, planned({ apply: "exit 7" }));

    const { code, stderr } = await deploy("dev --auto-approve", terraform.variables);

    expect(code).toBe(7);
    expect(stderr).toBe("security-dev: terraform apply failed with exit code 7.\n");
    expect(new Set(terraform.starts().map(({ args }) => args.split(" ")[0]))).toEqual(
      new Set(["-chdir=cdktf.out/stacks/security-dev"]),
    );
  });

  test("fails when Terraform is killed, and shows how to unlock the state", async () => {
    const terraform = recordTerraform(workspace, planned({ apply: "kill -9 $$" }));

    const { code, stderr } = await deploy("dev --auto-approve", terraform.variables);

    expect(code).toBe(137);
    expect(
      stderr,
    ).toBe(`security-dev: terraform apply was killed by SIGKILL, so its state may lack its latest changes.
Check the plan before you continue. If the state is still locked: terraform -chdir=cdktf.out/stacks/security-dev force-unlock <lock id>
If the plan creates what exists already: npm run imports -- dev --layer security
Deployed: none. Not finished: security-dev, network-dev, registry-123456789012-us-east-1, compute-dev.
To continue: npm run deploy -- dev
`);
  });

  test("fails when compute is deployed before security, with a one-line reason", async () => {
    const { code, stderr } = await deploy("dev --layer compute --auto-approve");

    expect(code).toBe(1);
    expect(stderr).toBe(
      "The compute layer needs outputs of security-dev (missing: ecs_execution_role_arn, ecs_task_role_arns, lambda_role_arns, logs_kms_key_arn, secret_arns, secrets_kms_key_arn); deploy it first: npm run deploy -- dev --layer security\n",
    );
  });

  test("production is deployed only after its name is typed", async () => {
    const terraform = recordTerraform(workspace);

    const { code, printed } = await atTerminal(
      workspace,
      ["deploy", "prod"],
      [{ question: "Type prod to continue: ", act: press("dev\r") }],
    );

    expect(printed).toContain("You are about to deploy prod (production, account 987654321098, us-east-1).");
    expect(printed).toContain('"dev" is not prod; nothing was changed.');
    expect(code).toBe(1);
    expect(terraform.starts()).toEqual([]);
  });

  test("fails for an unknown environment or layer, and suggests or lists the known ones", async () => {
    const environment = await deploy("prd --auto-approve");
    const layer = await deploy("dev --layer compte");

    expect(environment).toMatchObject({
      code: 1,
      stderr: 'There is no environment "prd"; did you mean "prod"?\n',
    });
    expect(layer.code).toBe(1);
    expect(layer.stderr).toContain("Choose from bootstrap, security, network, replicas, registry, compute");
  });

  test("help is shown, and a wrong command line is rejected before anything is started", async () => {
    const help = await workspace.loaded(["diff", "--help"]);
    const flagFirst = await deploy("-parallelism=2 dev");
    const secondEnvironment = await deploy("dev prod --auto-approve");
    const approvedDiff = await workspace.loaded(["diff", "dev", "--auto-approve"]);

    expect(help.code).toBe(0);
    expect(help.stdout).toContain(
      "Usage: diff <environment> [--layer <name>] [--concurrency <number>] [flags for terraform]",
    );
    expect(help.stdout).toMatch(/how many stacks to plan at a time \(default: 2, env:\s+DIFF_CONCURRENCY\)/);
    expect(flagFirst).toMatchObject({
      code: 1,
      stderr: "The environment comes first, then flags such as -parallelism=2.\n",
    });
    expect(secondEnvironment).toMatchObject({
      code: 1,
      stdout: "",
      stderr:
        '"prod" is not a flag, and a run takes one environment; write the value of a flag as -flag=value.\n',
    });
    expect(approvedDiff).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "This command changes nothing, so there is nothing to approve; remove --auto-approve.\n",
    });
  });

  test("fails with one sentence when Terraform is not installed", async () => {
    const { code, stderr } = await deploy("dev --auto-approve", { TERRAFORM_BINARY_NAME: "no-terraform" });

    expect(code).toBe(1);
    expect(stderr).toContain('Terraform could not be started as "no-terraform"');
  });

  test("SIGTERM reaches Terraform, which can save its state, and the run fails", async () => {
    await workspace.skipCodeCheck();
    const trap = "trap 'exit 3' TERM; sleep 60 >/dev/null 2>&1 & wait";
    const terraform = recordTerraform(workspace, planned({ apply: trap }));
    const npm = spawn("npm", ["run", "--silent", "deploy", "--", "dev", "--auto-approve"], {
      cwd: workspace.folder,
      env: workspace.environment(terraform.variables),
    });
    let stderr = "";
    npm.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    await vi.waitUntil(() => terraform.starts().some(({ args }) => args.includes(" apply ")), 240_000);

    npm.kill("SIGTERM");
    await new Promise((resolve) => npm.on("close", resolve));

    expect(stderr).toContain("security-dev: terraform apply failed with exit code 3.");
    expect(terraform.starts()).toHaveLength(4);
    expect(savedPlans(workspace)).toEqual([]);
    // A check of everything deletes this folder, and would take most of the test's time.
    expect(existsSync(environmentsFolderIn(workspace.folder)), "only environment files were checked").toBe(
      true,
    );
  });

  test("an app that exits early deploys nothing, even if an earlier run left its JSON", async () => {
    const terraform = recordTerraform(workspace);
    await workspace.command(["synth"]);
    workspace.edit("environments/dev.ts", "export const dev", "process.exit(0);\nexport const dev");

    const deployed = await workspace.run(
      ["node", "run.cjs", "scripts/deploy", "dev", "--auto-approve"],
      terraform.variables,
    );
    const app = await workspace.run(["node", "run.cjs", "main"]);

    const message = "The program exited before it finished; do not trust anything that it wrote.\n";
    expect(deployed).toMatchObject({ code: 1, stderr: message });
    expect(app).toMatchObject({ code: 1, stderr: message });
    expect(terraform.starts()).toEqual([]);
  });
});
