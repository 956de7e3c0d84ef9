import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

/** What users run first. The second command needs no compiler, as nothing has changed. */
describe("a fresh clone", () => {
  let clone: Workspace;

  beforeAll(() => {
    clone = new Workspace({}, { fresh: true });
  });
  afterAll(() => clone.remove());

  test("every stack is written and listed, without credentials or any AWS configuration", async () => {
    const { code, stdout } = await clone.run(["npm", "run", "--silent", "synth"], {
      HOME: clone.folder,
      AWS_PROFILE: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_REGION: undefined,
    });

    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "┌─────────────────────────────────┬───────────┬──────────────────────────────────────────────────────────────┐
      │ stack                           │ resources │ Terraform JSON                                               │
      │ bootstrap-dev                   │         7 │ cdktf.out/stacks/bootstrap-dev/cdk.tf.json                   │
      │ bootstrap-prod                  │         7 │ cdktf.out/stacks/bootstrap-prod/cdk.tf.json                  │
      │ compute-dev                     │        24 │ cdktf.out/stacks/compute-dev/cdk.tf.json                     │
      │ compute-prod                    │        51 │ cdktf.out/stacks/compute-prod/cdk.tf.json                    │
      │ network-dev                     │        23 │ cdktf.out/stacks/network-dev/cdk.tf.json                     │
      │ network-prod                    │        33 │ cdktf.out/stacks/network-prod/cdk.tf.json                    │
      │ registry-123456789012-us-east-1 │         1 │ cdktf.out/stacks/registry-123456789012-us-east-1/cdk.tf.json │
      │ registry-987654321098-eu-west-1 │         1 │ cdktf.out/stacks/registry-987654321098-eu-west-1/cdk.tf.json │
      │ registry-987654321098-us-east-1 │         3 │ cdktf.out/stacks/registry-987654321098-us-east-1/cdk.tf.json │
      │ registry-987654321098-us-west-2 │         1 │ cdktf.out/stacks/registry-987654321098-us-west-2/cdk.tf.json │
      │ replicas-prod                   │        12 │ cdktf.out/stacks/replicas-prod/cdk.tf.json                   │
      │ security-dev                    │        14 │ cdktf.out/stacks/security-dev/cdk.tf.json                    │
      │ security-prod                   │        18 │ cdktf.out/stacks/security-prod/cdk.tf.json                   │
      └─────────────────────────────────┴───────────┴──────────────────────────────────────────────────────────────┘
      "
    `);
  });

  test.runIf(inject("missingParts").length === 0)(
    "cdktf lists every stack of both environments",
    async () => {
      const { code, stdout, stderr } = await clone.run(["npx", "cdktf", "list"]);

      expect(code, stderr).toBe(0);
      for (const stack of readdirSync(join(clone.folder, "cdktf.out/stacks")))
        expect(stdout).toContain(stack);
      for (const environment of ["dev", "prod"])
        for (const layer of ["bootstrap", "security", "network", "compute"])
          expect(stdout).toContain(`${layer}-${environment}`);
    },
  );
});

/** The command that users run first, in a copy of the project. */
describe("synth", () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.remove());

  const written = () => existsSync(join(workspace.folder, "cdktf.out"));

  test("the shipped files have no warning", async () => {
    const { code, stderr } = await workspace.command(["synth", "--strict"]);

    expect([code, stderr]).toEqual([0, ""]);
  });

  test("each warning is a line on standard error, and fails the command with --strict", async () => {
    workspace.edit(
      "environments/prod.ts",
      '{ region: "eu-west-1" }',
      '{ region: "eu-west-1", registryId: "123456789012" }',
    );

    const plain = await workspace.command(["synth"]);
    const strict = await workspace.command(["synth", "--strict"]);

    expect([plain.code, strict.code]).toEqual([0, 1]);
    expect(plain.stderr).toMatch(/^Warning: environments\/prod\.ts: .* \[replicas-without-settings]$/m);
    expect(strict.stderr).toMatch(
      /^2 warnings, and --strict treats warnings as errors; fix them, or accept them with a reason in acceptedWarnings\.$/m,
    );
  });

  test("each problem of each file is one line on standard error, and nothing is written", async () => {
    workspace.edit("environments/dev.ts", '"123456789012"', '"YOUR_ACCOUNT_ID"');
    workspace.edit("environments/prod.ts", '"CONTINUOUS_SCAN"', '"CONTINOUS_SCAN"');

    const { code, stdout, stderr } = await workspace.command(["synth"]);

    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatchInlineSnapshot(`
      "environments/dev.ts:6: accountId: found "YOUR_ACCOUNT_ID"; this is a placeholder; replace it with the real value
      environments/prod.ts:27: ecr.repositories["web-app"].scanFrequency: found "CONTINOUS_SCAN"; this must be one of SCAN_ON_PUSH, CONTINUOUS_SCAN, MANUAL; did you mean "CONTINUOUS_SCAN"?
      2 problems; nothing was written.
      "
    `);
    expect(written()).toBe(false);
  });

  test("an environment that environments/all.ts does not list is a problem like any other", async () => {
    const dev = readFileSync(join(workspace.folder, "environments/dev.ts"), "utf8");
    workspace.write("environments/qa.ts", dev.replace("const dev", "const qa").replace('"dev"', '"qa"'));
    workspace.edit("environments/dev.ts", '"123456789012"', '"YOUR_ACCOUNT_ID"');

    const { code, stdout, stderr } = await workspace.command(["synth"]);

    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatchInlineSnapshot(`
      "environments/qa.ts:4: name: found "qa"; environments/all.ts does not list this environment, so its registry and the rules across files would be computed without it; add "environments/qa.ts": qa to environments/all.ts, or move the file out of environments/
      environments/dev.ts:6: accountId: found "YOUR_ACCOUNT_ID"; this is a placeholder; replace it with the real value
      2 problems; nothing was written.
      "
    `);
    expect(written()).toBe(false);
  });

  test("a missing comma is shown with its place and the code around it", async () => {
    workspace.edit("environments/dev.ts", 'project: "myproject",', 'project: "myproject"');

    const { code, stdout, stderr } = await workspace.run(["node", "run.cjs", "scripts/synth"]);

    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatchInlineSnapshot(`
      "environments/dev.ts:6:3: ',' expected.
        4 |   name: "dev",
        5 |   project: "myproject"
      > 6 |   accountId: "123456789012",
          |   ^
        7 |   region: "us-east-1",
      1 file cannot be read; nothing was written.
      "
    `);
    expect(written()).toBe(false);
  });

  test.runIf(inject("missingParts").length === 0)(
    "cdktf shows each problem once on standard error, without a stack trace",
    async () => {
      workspace.edit("environments/dev.ts", '"123456789012"', '"YOUR_ACCOUNT_ID"');

      const { code, stderr } = await workspace.run(["node_modules/.bin/cdktf", "synth"]);

      expect(code).toBe(1);
      expect(stderr.match(/YOUR_ACCOUNT_ID/g)).toHaveLength(1);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(written()).toBe(false);
    },
  );

  test("a renamed output of a contract stops synth instead of dropping encryption", async () => {
    workspace.edit("layers/security/security.contract.ts", "ecr_kms_key_arn", "images_kms_key_arn");

    const { code, stderr } = await workspace.run(["node", "run.cjs", "main"]);

    expect(code).toBe(1);
    expect(stderr).toContain("layers/compute/repositories.ts");
    expect(stderr).toContain("layers/security/security-layer.ts");
    expect(stderr).toMatch(/\n\d+ problems; nothing was written\.\n$/);
    expect(written()).toBe(false);
  });
});
