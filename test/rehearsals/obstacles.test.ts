import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planned } from "../support/commands/planned";
import { recordTerraform } from "../support/commands/recorder";
import { atTerminal, press } from "../support/commands/terminal";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** What stands in the way of a run, from outside the project. */
describeWithTerraform("obstacles", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = new Workspace();
    for (const name of ["dev", "prod"])
      workspace.edit(`environments/${name}.ts`, /state: \{.*\}/, 'state: { backend: "local" }');
    await workspace.compile();
  });
  afterAll(() => workspace.remove());

  const deploy = (act: string) =>
    workspace.command(["deploy", "dev", "--auto-approve"], recordTerraform(workspace, act).variables);

  /** Shell of a command that prints an error and fails. */
  const failing = (error: string) => `printf '%s\n' '${error}' >&2; exit 1`;

  test("a held lock is explained after Terraform's own message, with the command that releases it", async () => {
    const error =
      "Error: Error acquiring the state lock\n\nLock Info:\n  ID:        5f1c-7c7e\n  Who:       alice@laptop";
    const { code, stderr } = await deploy(`case "$2" in init) exit 0;; plan) ${failing(error)};; esac`);

    expect(code).toBe(1);
    expect(stderr).toBe(`${error}
security-dev: terraform plan failed with exit code 1.
The state of security-dev is locked by alice@laptop; wait until that run ends, then rerun the command. If it no longer runs: terraform -chdir=cdktf.out/stacks/security-dev force-unlock 5f1c-7c7e
`);
  });

  test("credentials of another account are explained at the first command", async () => {
    const error = "Error: Invalid account ID\n\nAWS account ID not allowed: 210987654321";
    const { code, stderr } = await deploy(failing(error));

    expect(code).toBe(1);
    expect(stderr).toBe(`${error}
security-dev: terraform init failed with exit code 1.
The AWS credentials belong to account 210987654321, but dev is in 123456789012; use credentials of 123456789012, or set deployRole. To see whose credentials are used: aws sts get-caller-identity
`);
  });

  test("a run that fails halfway says what is deployed and how to continue", async () => {
    const apply = 'case "$1" in *network-dev) exit 7;; *) exit 0;; esac';
    const { code, stderr } = await deploy(planned({ apply }));

    expect(code).toBe(7);
    expect(stderr).toBe(`network-dev: terraform apply failed with exit code 7.
Deployed: security-dev. Not finished: network-dev, registry-123456789012-us-east-1, compute-dev.
To continue: npm run deploy -- dev
`);
  });

  test("after Ctrl-C the run says what it has done and how to continue", async () => {
    const apply = "trap 'exit 1' INT; echo applying now; sleep 60 & wait";
    const terraform = recordTerraform(workspace, planned({ apply }));

    const { code, printed } = await atTerminal(
      workspace,
      ["deploy", "dev", "--auto-approve"],
      [{ question: "applying now", act: press("\u0003") }],
      terraform.variables,
    );

    expect(code).toBe(1);
    expect(printed.replaceAll("\r", "")).toContain(`security-dev: terraform apply failed with exit code 1.
It was interrupted by SIGINT; the state holds what it had done until then.
Deployed: none. Not finished: security-dev, network-dev, registry-123456789012-us-east-1, compute-dev.
To continue: npm run deploy -- dev
`);
  });

  test("an output folder that cannot be written is one sentence", async () => {
    rmSync(join(workspace.folder, "cdktf.out"), { recursive: true, force: true });
    workspace.write("cdktf.out", "");

    const { code, stderr } = await workspace.command(["synth"]);

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^cdktf\.out\S* is a file where a folder must be; remove it, and rerun the command\.\n$/,
    );
  });
});
