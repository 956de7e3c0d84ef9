import Ajv from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { definitions } from "../../../environments/all";
import { loadProject } from "../../../environments/load";
import schema from "../../support/pipelines/gitlab-ci-schema.json";
import { gitlabJob } from "../../support/pipelines/gitlab-job";
import { gitlabPipelines, parseGitlab } from "../../support/pipelines/workflow-files";

// Ajv would take longer to optimize the validator than the validator runs.
const ajv = new Ajv({ strict: false, allErrors: true, code: { optimize: false } });
addFormats(ajv);
const valid = ajv.compile(schema);
const files = gitlabPipelines();

describe("pipelines for GitLab", () => {
  test.each(files.map(({ path, text }) => [path, text]))("%s matches GitLab's schema", (_, text) => {
    valid(parseGitlab(text));
    expect(valid.errors).toBeNull();
  });

  test("the schema refuses a fault that is put in", () => {
    expect(
      valid({ ...parseGitlab(files[0]?.text ?? ""), checks: { script: ["true"], when: "sometimes" } }),
    ).toBe(false);
  });

  test("every environment is planned, deployed and looked at for drift, in the order of environments/all.ts", () => {
    const names = Object.keys(parseGitlab(files[0]?.text ?? ""));
    const environments = loadProject(definitions).environments.map(({ name }) => name);
    for (const verb of ["plan", "note", "deploy-plan", "deploy", "drift"])
      expect(names.filter((name) => name.startsWith(`${verb} `))).toEqual(
        environments.map((name) => `${verb} ${name}`),
      );
  });

  test("a plan that is blocked still becomes a note, and takes acknowledgements from labels", () => {
    const job = (name: string) => gitlabJob(files[0]?.text ?? "", name);
    const [note, plan] = [job("note dev"), job("plan dev")];
    expect(note.rules).toMatchObject([{ if: plan.rules?.[0]?.if, when: "always" }]);
    for (const { script } of [plan, job("review")])
      expect(script?.join("\n")).toContain('--labels "${CI_MERGE_REQUEST_LABELS:-}" --fail-on blocked');
  });

  test("no credentials are stored, and nothing hides a failure", () => {
    for (const { path, text } of files) {
      expect(text, path).not.toMatch(/AWS_SECRET|AWS_ACCESS_KEY|\|\| true|set \+e|allow_failure: true/);
      expect(text, path).not.toMatch(/paths: .*(tfplan|plans)/);
    }
  });

  test("jobs that check merge requests of forks have no token", () => {
    const { checks, review } = parseGitlab(files[0]?.text ?? "") as Record<string, object>;
    for (const job of [checks, review]) expect(JSON.stringify(job)).not.toMatch(/id_tokens|\.aws|TOKEN/);
  });
});
