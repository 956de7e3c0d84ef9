import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { IPty } from "@cdktf/node-pty-prebuilt-multiarch";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { losingPlan, planned, savedPlans, showing } from "../support/commands/planned";
import { recordTerraform } from "../support/commands/recorder";
import { atTerminal, press } from "../support/commands/terminal";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

describeWithTerraform("saved plan", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = new Workspace({}, { code: false });
    for (const name of ["dev", "prod"])
      workspace.edit(`environments/${name}.ts`, /state: \{.*\}/, 'state: { backend: "local" }');
    workspace.write(
      "outputs-only.json",
      '{"format_version":"1.2","output_changes":{"a":{"actions":["update"]}}}',
    );
    await workspace.command(["synth"]);
  });
  afterAll(() => workspace.remove());
  afterEach(() => expect(savedPlans(workspace)).toEqual([]));

  const run = (command: string, act: string): Promise<Ran> =>
    workspace.loaded(command.split(" "), recordTerraform(workspace, act).variables);
  const started = (): string[] =>
    readFileSync(join(workspace.folder, "terraform-starts"), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(" ")[1] ?? "");
  const dev = "dev --layer security --auto-approve";
  const outputsOnly = () => showing(join(workspace.folder, "outputs-only.json"));

  test("without changes, nothing is applied", async () => {
    const { code, stdout } = await run(`deploy ${dev}`, planned({ code: 0 }));

    expect(code).toBe(0);
    expect(stdout).toMatch(/\nsecurity-dev: no changes; nothing to apply \(\d+ s\)\n/);
    expect(started()).toEqual(["init", "plan"]);
  });

  test("a plan that changes only outputs is applied", async () => {
    const { code, stdout } = await run(`deploy ${dev}`, planned({ show: outputsOnly() }));

    expect(code).toBe(0);
    expect(stdout).toContain("\nReview of security-dev: only outputs change.\n");
    expect(started()).toEqual(["init", "plan", "show", "apply"]);
  });

  test("without protection, a loss is a warning, and with --auto-approve the plan is applied", async () => {
    const { code, stdout } = await run(`deploy ${dev}`, planned());

    expect(code).toBe(0);
    expect(stdout).toContain(
      "\nReview of security-dev: 13 to add, 1 to change, 17 to destroy; 11 are replacements.\n",
    );
    expect(stdout).toContain(
      "WARNING: myproject-dev-removed (aws_ecr_repository.removed) would be destroyed.\n",
    );
    expect(started()).toContain("apply");
  });

  test("with protection, a loss stops the deploy before anything is applied", async () => {
    const { code, stderr } = await run("deploy prod --layer security --auto-approve", planned());

    expect(code).toBe(1);
    expect(
      stderr,
    ).toBe(`prod is protected from deletion, and the plan for security-prod would destroy or replace:
  myproject-dev-asked (aws_ecr_repository.asked)
  myproject-dev-key-change (aws_ecr_repository.key_change)
  myproject-dev-key-sensitive (aws_ecr_repository.key_sensitive)
  myproject-dev-key-unknown (aws_ecr_repository.key_unknown)
  myproject-dev-name-change (aws_ecr_repository.name_change)
  myproject-dev-removed (aws_ecr_repository.removed)
  myproject-dev-removed-forced (aws_ecr_repository.removed_forced)
  myproject-dev-tainted (aws_ecr_repository.tainted)
  myproject-dev-to-aes (aws_ecr_repository.to_aes)
  myproject-dev-type-change (aws_ecr_repository.type_change)
  removed (aws_kms_key.removed)
  replaced (aws_kms_key.replaced)
  myproject-dev-tfstate-123456789012 (aws_s3_bucket.removed)
  myproject-dev-db (aws_secretsmanager_secret.removed)
  myproject-dev-db2 (aws_secretsmanager_secret.removed_at_once)
To allow it, set deletionProtection: false in environments/prod.ts with a productionExceptions entry for rule "deletion-protection", and rerun the command.
Nothing in security-prod was applied.
`);
    expect(started()).toEqual(["init", "plan", "show"]);
  });

  test("a plan that Terraform rejects is explained as well", async () => {
    const { code, stdout, stderr } = await run(
      "deploy prod --layer security --auto-approve",
      planned({ code: 1 }),
    );

    expect(code).toBe(1);
    expect(stdout).toContain("  Encryption is fixed when a repository is created: ");
    expect(stderr).toContain("prod is protected from deletion, and the plan for security-prod would destroy");
    expect(stderr).toMatch(/\nsecurity-prod: terraform plan failed with exit code 1\.\n$/);
    expect(started()).toEqual(["init", "plan", "show"]);
  });

  test("what protection refuses is explained first and once, and other errors follow", async () => {
    const refused =
      "Error: Instance cannot be destroyed\n\n  on cdk.tf.json line 1:\n\nResource is protected\n\n";
    const other = "Error: No credentials\n\nLog in\n\n";
    const plan = `echo secret > "\${1#-chdir=}/\${args##*-out=}"; printf '${refused}${other}${refused}' >&2; exit 1`;

    const { stderr } = await run(
      "deploy prod --layer security --auto-approve",
      `test "$2" = plan && { ${plan}; }\n${planned()}`,
    );

    expect(stderr).toMatch(/^prod is protected from deletion, and the plan for security-prod would destroy/);
    expect(stderr).not.toContain("Instance cannot be destroyed");
    expect(stderr).toMatch(/\nError: No credentials\n\nLog in\n\nsecurity-prod: terraform plan failed with/);
  });

  test("a rejected plan without losses gets no explanation besides Terraform's", async () => {
    const { stdout, stderr } = await run(`deploy ${dev}`, planned({ code: 1, show: outputsOnly() }));

    expect(stdout).not.toContain("Review");
    expect(stderr).toBe("security-dev: terraform plan failed with exit code 1.\n");
  });

  test("the saved plan is removed even if the apply fails", async () => {
    const { code, stderr } = await run(`deploy ${dev}`, planned({ apply: "exit 3" }));

    expect(code).toBe(3);
    expect(stderr).toBe("security-dev: terraform apply failed with exit code 3.\n");
  });

  test("after a signal, nothing more is started, even if Terraform succeeded", async () => {
    const show = `trap '' TERM; kill -TERM $PPID; sleep 1; ${showing(losingPlan)}`;

    const { code, stderr } = await run(`deploy ${dev}`, planned({ show }));

    expect(code).toBe(143);
    expect(stderr).toBe(`Received SIGTERM; terraform apply was not started.
Deployed: none. Not finished: security-dev.
To continue: npm run deploy -- dev --layer security
`);
    expect(started()).not.toContain("apply");
  });

  test("fails when -out would save the plan elsewhere", async () => {
    const { code, stderr } = await run(`deploy ${dev} -out=mine.tfplan`, planned());

    expect(code).toBe(1);
    expect(stderr).toBe(
      "-out=mine.tfplan is refused, because no plan is kept; to keep one, run terraform -chdir=<folder that synth lists> plan -out=<file>\n",
    );
    expect(started()).toEqual([]);
  });

  test("diff shows the review, changes nothing and exits with code 2", async () => {
    const { code, stdout } = await run("diff prod --layer security", planned());

    expect(code).toBe(2);
    expect(stdout).toContain(
      "\nReview of security-prod: 13 to add, 1 to change, 17 to destroy; 11 are replacements.\n",
    );
    expect(stdout).toContain("\nA deploy would stop here: prod is protected from deletion, and the plan for");
    expect(started()).toEqual(["init", "plan", "show"]);
  });

  test("diff without changes exits with code 0", async () => {
    const { code, stdout } = await run("diff dev --layer security", planned({ code: 0 }));

    expect(code).toBe(0);
    expect(stdout).toMatch(/\nNo changes\. \(\d+ s\)\n$/);
  });

  const question = 'Only "yes" is accepted: ';
  const approved = (act: (terminal: IPty) => void) =>
    atTerminal(
      workspace,
      ["deploy", "dev", "--layer", "security"],
      [{ question, act }],
      recordTerraform(workspace, planned()).variables,
    );

  test("at a terminal, the plan and its review are shown before the question", async () => {
    const { code, printed } = await approved(press("yes\r"));

    expect(code).toBe(0);
    expect(printed.replaceAll("\r", "")).toContain(
      `\nApply this plan for security-dev in dev (development, account 123456789012, us-east-1)?\n${question}`,
    );
    expect(printed.indexOf("WARNING: ")).toBeLessThan(printed.indexOf(question));
    expect(started()).toEqual(["init", "plan", "show", "apply"]);
  });

  test("any answer but yes applies nothing", async () => {
    const { code, printed } = await approved(press("y\r"));

    expect(code).toBe(1);
    expect(printed).toContain('"y" is not yes; nothing in security-dev was applied.');
    expect(started()).not.toContain("apply");
  });

  test.each([
    ["Ctrl-C", press("\x03"), 130],
    ["Ctrl-D", press("\x04"), 1],
    ["SIGTERM", (terminal: IPty) => terminal.kill("SIGTERM"), 143],
  ])("%s at the question applies nothing", async (_, act, exitCode) => {
    const { code, printed } = await approved(act);

    expect(code).toBe(exitCode);
    expect(printed).toContain("Cancelled at the prompt; nothing in security-dev was applied.");
    expect(started()).not.toContain("apply");
  });
});
