import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { githubWorkflows, type Workflow } from "../support/pipelines/workflow-files";

const file = githubWorkflows().find(({ path }) => path.endsWith("/deploy-environment.yml"));
const { jobs }: Workflow = parse(file?.text ?? "");
const stepsOf = (job: string) =>
  (jobs[job]?.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run]));

/** The shell of the workflow that deploys, against the emulator. The tests build on each other, in this order. */
describeWithTerraform("the workflow that deploys", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    writeEnvironments(account.workspace, {
      dev: { project: "myproject", ecr: { repositories: { "web-app": {} } } },
    });
  });
  afterAll(() => account.close());

  const inWorkspace = (path: string) => join(account.workspace.folder, path);

  /** Run the steps of a job as GitHub does, up to the one that fails. */
  async function job(name: string) {
    const variables = {
      ...{ ENVIRONMENT: "dev", RUNNER_TEMP: inWorkspace("temp") },
      ...{ GITHUB_OUTPUT: inWorkspace("output"), GITHUB_STEP_SUMMARY: inWorkspace("summary") },
    };
    let printed = "";
    for (const run of stepsOf(name)) {
      const { code, stdout, stderr } = await account.workspace.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", run],
        variables,
      );
      printed += stdout + stderr;
      if (code !== 0) return { code, printed };
    }
    return { code: 0, printed };
  }

  /** What the workflow hands from the first job to the second. */
  function handOver(): string {
    mkdirSync(inWorkspace("approved"), { recursive: true });
    writeFileSync(inWorkspace("approved/review.json"), readFileSync(inWorkspace("review.json")));
    return readFileSync(inWorkspace("output"), "utf8").trim().split("\n").at(-1) ?? "";
  }

  test("plans, and applies what was approved; a stack that waits for another is planned again", async () => {
    const planned = await job("plan");
    expect(planned.code, planned.printed).toBe(0);
    expect(handOver()).toBe("changes=true");
    const applied = await job("apply");
    expect(applied.code, applied.printed).toBe(2);
    expect(applied.printed).toContain("The plans are those that were approved.");
  });

  test("refuses what was not approved", async () => {
    expect((await job("plan")).code).toBe(0);
    const refused = await job("apply");
    expect(refused.code).toBe(1);
    expect(refused.printed).toContain("The plans are not those that were approved: ");
  });

  test("applies the rest, and then finds nothing to do", async () => {
    expect(handOver()).toBe("changes=true");
    const applied = await job("apply");
    expect(applied.code, applied.printed).toBe(0);
    expect((await job("plan")).code).toBe(0);
    expect(handOver()).toBe("changes=false");
  });
});
