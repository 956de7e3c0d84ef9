import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { DeleteLifecyclePolicyCommand, ECRClient, PutImageTagMutabilityCommand } from "@aws-sdk/client-ecr";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { clientConfig } from "../../emulator/client-config";
import { Repository } from "../support/commands/repository";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { writeEnvironments } from "../support/emulator/environment-files";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";
import { GithubApi } from "../support/pipelines/github-api";
import { type JobRun, type Replacement, runWorkflow } from "../support/pipelines/github-run";
import { jobMachine } from "../support/pipelines/job-machine";
import { githubWorkflows, type Workflow } from "../support/pipelines/workflow-files";

const pullRequest = 12;
const bucket = "myproject-dev-tfstate";
const planRole = "arn:aws:iam::123456789012:role/myproject-dev-ci-plan";
const workflowNamed = (name: string): Workflow =>
  parse(githubWorkflows().find(({ path }) => path.endsWith(`/${name}.yml`))?.text ?? "");

/** The steps of the workflows for pull requests and of the one about drift. The tests build on each other, in this order. */
describeWithTerraform("workflows of GitHub", () => {
  let emulator: Emulator;
  let account: Readonly<Record<string, string>>;
  let provider: RunningProvider;
  let workspace: Workspace;
  let repository: Repository;
  let github: GithubApi;
  let main: string;
  /** Commit for which workflows run. */
  let head: string;
  let ecr: ECRClient;

  /** The environment of the tests with these repositories. */
  const environment = (repositories: object) =>
    writeEnvironments(workspace, {
      dev: {
        project: "myproject",
        state: { backend: "s3", bucket, createBucket: false },
        security: {
          ci: {
            plan: {
              trust: [
                { github: "acme/platform", pullRequest: true },
                { github: "acme/platform", branch: "main" },
              ],
            },
          },
        },
        ecr: { repositories },
      },
    });

  beforeAll(async () => {
    emulator = await startEmulator();
    account = await emulator.asAccount("123456789012");
    provider = await startProvider(account);
    workspace = new Workspace();
    const s3 = new S3Client({ ...clientConfig(account), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    ecr = new ECRClient(clientConfig(account));
    github = await GithubApi.start("acme/platform", pullRequest);
    environment({ "web-app": {}, worker: {} });
    repository = new Repository(workspace);
    main = repository.git("rev-parse", "HEAD");
    repository.git("update-ref", "refs/remotes/origin/main", main);
    const deployed = await workspace.command(["deploy", "dev", "--auto-approve"], credentials());
    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
  });
  afterAll(async () => {
    await github?.close();
    await provider?.stop();
    await emulator?.stop();
    workspace?.remove();
  });

  const credentials = () => ({ ...account, ...provider.variables });
  const inWorkspace = (path: string) => join(workspace.folder, path);
  const artifacts = () => inWorkspace("build/artifacts");

  /** What stands for each action of others, and for the setup, whose tools and packages are here already. */
  const actions = (commit: string): Readonly<Record<string, Replacement>> => ({
    "actions/checkout": ({ inputs }) => {
      expect(inputs["persist-credentials"]).toBe("false");
      repository.reset(inputs["ref"] ?? commit);
    },
    "./.github/actions/setup": () => undefined,
    "aws-actions/configure-aws-credentials": ({ inputs, permissions, variables }) => {
      if (permissions["id-token"] !== "write") throw new Error("There is no token to exchange.");
      expect(inputs).toEqual({ "role-to-assume": planRole, "aws-region": "us-east-1" });
      Object.assign(variables, credentials());
    },
    "actions/upload-artifact": ({ inputs }) => {
      const file = inWorkspace(inputs["path"] ?? "");
      if (!existsSync(file)) throw new Error(`There is no ${inputs["path"]}.`);
      mkdirSync(artifacts(), { recursive: true });
      cpSync(file, join(artifacts(), inputs["name"] ?? "", basename(file)));
    },
    "actions/download-artifact": ({ inputs }) => {
      const folder = join(artifacts(), inputs["name"] ?? "");
      if (!existsSync(folder)) throw new Error(`There is no artifact ${inputs["name"]}.`);
      mkdirSync(inWorkspace(inputs["path"] ?? ""), { recursive: true });
      for (const file of readdirSync(folder))
        cpSync(join(folder, file), join(inWorkspace(inputs["path"] ?? ""), file));
    },
  });

  interface PullRequest {
    readonly labels?: readonly string[];
    /** Full name of the repository that the branch is in. @default - the same as the base */
    readonly from?: string;
  }

  /** Run a workflow for the commit that was proposed last. */
  async function run(name: string, { labels = [], from = "acme/platform" }: PullRequest = {}) {
    rmSync(artifacts(), { recursive: true, force: true });
    const commit = head;
    const isPullRequest = name !== "drift";
    return runWorkflow({
      ...{ workflow: workflowNamed(name), folder: workspace.folder, machine: jobMachine(workspace) },
      github: {
        ...{ repository: "acme/platform", sha: commit },
        ...(isPullRequest
          ? {
              ...{ event_name: "pull_request", ref: `refs/pull/${pullRequest}/merge`, base_ref: "main" },
              event: {
                pull_request: {
                  ...{ number: pullRequest, labels: labels.map((label) => ({ name: label })) },
                  ...{ user: { login: "ada" }, base: { sha: main } },
                  head: { repo: { full_name: from } },
                },
              },
            }
          : { event_name: "schedule", ref: "refs/heads/main", event: {} }),
      },
      ...{ actions: actions(commit), apiUrl: github.url, fork: from !== "acme/platform" },
      token: (permissions) => github.token(permissions),
    });
  }

  const results = (runs: Readonly<Record<string, readonly JobRun[]>>) =>
    Object.fromEntries(
      Object.entries(runs).map(([job, all]) => [job, all.map(({ result }) => result).join()]),
    );
  const printedBy = (runs: Readonly<Record<string, readonly JobRun[]>>) =>
    Object.values(runs)
      .flat()
      .map(({ printed }) => printed)
      .join("\n");

  /** Commit these repositories on a branch of their own. */
  function propose(repositories: object): void {
    repository.git("checkout", "--quiet", "--force", "-B", "topic", main);
    environment(repositories);
    head = repository.commit("feat: repositories");
  }

  test("a pull request from a fork is reviewed without a role, a secret or a token that writes", async () => {
    propose({ "web-app": {}, worker: {}, reports: {} });
    const runs = await run("review", { from: "eve/platform" });

    expect(results(runs), printedBy(runs)).toEqual({ review: "success" });
    const [{ summary, variables }] = runs["review"] as [JobRun];
    expect(summary).toContain("myproject-dev-reports");
    expect(Object.keys(variables).filter((name) => /^AWS_|TOKEN|^TF_REATTACH/.test(name))).toEqual([]);
    expect(results(await run("plan", { from: "eve/platform" }))).toEqual({
      ...{ environments: "skipped", plan: "skipped", comment: "skipped" },
    });
    expect(github.requests).toEqual([]);
  });

  test("a plan is one comment, which the next run leaves alone if it says the same", async () => {
    propose({ "web-app": {}, worker: {}, reports: {} });
    const first = await run("plan");
    expect(results(first), printedBy(first)).toEqual({
      ...{ environments: "success", plan: "success", comment: "success" },
    });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.["body"]).toMatch(/^<!-- ecr-platform: plan of dev -->\n/);
    expect(github.comments[0]?.["body"]).toContain("myproject-dev-reports");
    await run("plan");
    expect(github.requests.filter((request) => !request.startsWith("GET "))).toHaveLength(1);
  });

  test("a plan that is blocked fails, and the comment says so, until a label accepts it", async () => {
    propose({ "web-app": {} });
    const blocked = await run("plan");
    expect(results(blocked)).toEqual({ environments: "success", plan: "failure", comment: "success" });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.["body"]).toContain("Blocked");
    expect(github.comments[0]?.["body"]).toContain("myproject-dev-worker");
    expect(results(await run("review"))).toEqual({ review: "failure" });
    const labels = ["documentation", "acknowledge/repository-loss"];
    const accepted = await run("plan", { labels });
    expect(results(accepted), printedBy(accepted)).toMatchObject({ plan: "success", comment: "success" });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.["body"]).toContain("acknowledge/repository-loss");
  });

  test("drift is one issue, which is changed, and closed when it is gone", async () => {
    head = main;
    const states = () => github.issues.map(({ title, state }) => `${title}: ${state}`);
    const drift = async () => {
      const runs = await run("drift");
      expect(results(runs), printedBy(runs)).toEqual({ environments: "success", drift: "success" });
    };
    const repositoryName = "myproject-dev-worker";
    const mutability = (imageTagMutability: "IMMUTABLE" | "MUTABLE") =>
      ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability }));
    await drift();
    expect(states()).toEqual([]);
    await mutability("IMMUTABLE");
    await drift();
    expect(states()).toEqual(["Drift: compute-dev: open"]);
    const before = github.issues[0]?.["body"];
    await ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName: "myproject-dev-web-app" }));
    await drift();
    expect(states()).toEqual(["Drift: compute-dev: open"]);
    expect(github.issues[0]?.["body"]).not.toBe(before);
    const repaired = await workspace.command(["deploy", "dev", "--auto-approve"], credentials());
    expect(repaired.code, repaired.stderr).toBe(0);
    await drift();
    expect(states()).toEqual(["Drift: compute-dev: closed"]);
  });
});
