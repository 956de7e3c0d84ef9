import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../../scripts/review/report/report";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const repositories = { "web-app": { maxImageCount: 50 }, worker: { maxImageCount: 20 } };
const stacks = ["security-dev", "registry-123456789012-us-east-1", "compute-dev"];

/** Plans of the real Terraform that are saved and applied. The tests build on each other, in this order. */
describeWithTerraform("saved plans", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    write(repositories);
  });
  afterAll(() => account.close());

  const runner = (...command: string[]): Promise<Ran> => account.workspace.command(command);
  const inWorkspace = (path: string) => join(account.workspace.folder, path);
  const write = (of: object, more: object = {}) =>
    writeEnvironments(account.workspace, {
      dev: { project: "myproject", ecr: { repositories: of }, ...more },
    });
  const reportIn = (folder: string): Report =>
    JSON.parse(readFileSync(inWorkspace(`${folder}/review.json`), "utf8"));

  /** Terraform's own numbers for a saved plan. */
  async function summaryOf(stack: string): Promise<string | undefined> {
    const file = inWorkspace(`plans/stacks/${stack}/plan.tfplan`);
    const { stdout } = await account.workspace.terraform(stack, ["show", file]);
    return /^Plan: (.*)\.$/m.exec(stdout)?.[1];
  }

  test("stacks whose inputs are not deployed are named", async () => {
    const { code, stdout, stderr } = await runner("plan", "dev", "--out", "plans");

    expect(code, stderr).toBe(2);
    expect(stdout).toMatch(/\nWithout a final plan\n.*The compute layer needs outputs of security-dev/s);
    const report = reportIn("plans");
    expect(report.stacks.map(({ stack }) => stack)).toEqual(stacks);
    expect(report.stacks.map(({ status }) => status)).toEqual(["changed", "changed", "not planned"]);
    const { create } = report.stacks[0]?.counts ?? { create: 0 };
    expect(await summaryOf("security-dev")).toBe(`${create} to add, 0 to change, 0 to destroy`);
    const modes = ["plans", "plans/manifest.json", "plans/stacks/security-dev/plan.tfplan"];
    expect(modes.map((path) => statSync(inWorkspace(path)).mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
    expect(readdirSync(account.workspace.folder).filter((name) => name.startsWith(".plans"))).toEqual([]);
  });

  test("exactly the saved plans are applied, without a synth", async () => {
    rmSync(inWorkspace("cdktf.out"), { recursive: true });

    const { code, stdout, stderr } = await runner("apply", "plans", "--auto-approve");

    expect(code, stdout + stderr).toBe(2);
    expect(stdout).toContain("\nApplied to dev (development, account 123456789012, us-east-1): security-dev");
    expect(stdout).toMatch(/\nsecurity-dev: applied, \d+ created \(\d+ s\)\n/);
    expect(stdout).toContain("To continue: npm run plan -- dev --out plans, then npm run apply -- plans\n");
  });

  test("a stale plan is refused in one sentence", async () => {
    const { code, stderr } = await runner("apply", "plans", "--auto-approve");

    expect(code).toBe(1);
    expect(stderr).toContain(
      "The state of security-dev has changed since the plan was made, so nothing was applied; plan again.",
    );
  });

  test("a folder with other files is left alone", async () => {
    const { code, stderr } = await runner("plan", "dev", "--out", "layers");

    expect([code, stderr]).toEqual([
      1,
      "--out layers: the folder has other files than saved plans; name a new or an empty one.\n",
    ]);
  });

  test("the rest is planned and applied in a second round", async () => {
    const planned = await runner("plan", "dev", "--out", "plans", "--markdown", "plan.md");
    expect(planned.code, planned.stdout + planned.stderr).toBe(0);
    expect(readFileSync(inWorkspace("plan.md"), "utf8")).toContain("## :white_check_mark: No risks found");

    const { code, stdout, stderr } = await runner("apply", "plans", "--auto-approve");

    expect(code, stdout + stderr).toBe(0);
    expect(Object.keys(await account.aws.repositories())).toHaveLength(2);
    expect((await runner("plan", "dev")).stdout).toContain("No changes.\n");
  });

  test("a changed plan or environment file is refused before anything is applied", async () => {
    write({ ...repositories, "web-app": { maxImageCount: 40 } });
    // Fewer images are kept, which a gate blocks. The plan itself can be applied.
    const planned = await runner("plan", "compute-dev", "--out", "plans", "--json");
    expect(planned.code, planned.stderr).toBe(3);
    const [report] = (JSON.parse(planned.stdout) as Report).stacks;
    expect(report?.counts).toEqual({ create: 0, update: 0, replace: 1, delete: 0 });
    expect(await summaryOf("compute-dev")).toBe("1 to add, 0 to change, 1 to destroy");
    const file = inWorkspace("plans/stacks/compute-dev/plan.tfplan");
    writeFileSync(file, `${readFileSync(file, "latin1")}x`, "latin1");
    write(repositories);

    const { code, stdout, stderr } = await runner("apply", "plans", "--auto-approve");

    expect([code, stdout, stderr]).toEqual([
      1,
      "",
      `plans/stacks/compute-dev/plan.tfplan was changed after it was saved.
environments/all.ts is not what it was when the plans were made.
Nothing was applied; plan again: npm run plan -- dev --out plans
`,
    ]);
  });

  test("what protection refuses is blocked, and has no plan to apply", async () => {
    write({ "web-app": { maxImageCount: 50 } }, { deletionProtection: true });

    const { code, stdout, stderr } = await runner("plan", "compute-dev", "--out", "plans");

    expect(code, stderr).toBe(3);
    expect(stdout).toContain(
      "A deploy would stop\ndev is protected from deletion, and the plan for compute-dev",
    );
    expect(existsSync(inWorkspace("plans/stacks/compute-dev/plan.tfplan"))).toBe(false);
    expect((await runner("apply", "plans", "--auto-approve")).stderr).toContain(
      "dev is protected from deletion",
    );
  });
});
