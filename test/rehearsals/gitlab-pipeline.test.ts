import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ECRClient, PutImageTagMutabilityCommand } from "@aws-sdk/client-ecr";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { Repository } from "../support/commands/repository";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";
import { GitlabApi } from "../support/pipelines/gitlab-api";
import { gitlabJob, runGitlabJob } from "../support/pipelines/gitlab-job";
import { jobMachine } from "../support/pipelines/job-machine";
import { gitlabPipelines } from "../support/pipelines/workflow-files";

const text = gitlabPipelines().find(({ path }) => path === ".gitlab-ci.yml")?.text ?? "";
const [project, mergeRequest] = [34, 12];
const bucket = "myproject-dev-tfstate";

/** The jobs for merge requests and the one about drift. The tests build on each other, in this order. */
describeWithTerraform("the pipeline of GitLab", () => {
  let emulator: Emulator;
  let account: Readonly<Record<string, string>>;
  let provider: RunningProvider;
  let workspace: Workspace;
  let repository: Repository;
  let gitlab: GitlabApi;
  let main: string;

  const environment = (repositories: object) =>
    writeEnvironments(workspace, {
      dev: {
        project: "myproject",
        state: { backend: "s3", bucket, createBucket: false },
        security: { ci: { plan: { trust: [{ gitlab: "acme/platform", branch: "*" }] } } },
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
    gitlab = await GitlabApi.start(project, mergeRequest);
    environment({ "web-app": {}, worker: {} });
    repository = new Repository(workspace);
    main = repository.git("rev-parse", "HEAD");
    const deployed = await workspace.command(["deploy", "dev", "--auto-approve"], {
      ...account,
      ...provider.variables,
    });
    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
  });
  afterAll(async () => {
    await gitlab?.close();
    await provider?.stop();
    await emulator?.stop();
    workspace?.remove();
  });

  const fileOf = (path: string) => join(workspace.folder, path);

  interface MergeRequest {
    readonly labels?: readonly string[];
    /** Whether the branch is in another project. */
    readonly fork?: boolean;
  }

  /** Run a job. It finds what the jobs before it have left, as artifacts. */
  function run(name: string, { labels = [], fork = false }: MergeRequest = {}): Promise<Ran> {
    const job = gitlabJob(text, name);
    // The job's token is exchanged for a role; the emulator takes any.
    const endpoint = account["AWS_ENDPOINT_URL"] ?? "";
    const roles = job.id_tokens && {
      // Terraform's S3 backend asks for the address of STS by itself.
      ...{ AWS_ENDPOINT_URL: endpoint, AWS_ENDPOINT_URL_STS: endpoint, AWS_EC2_METADATA_DISABLED: "true" },
      ...provider.variables,
    };
    const tokens = { MERGE_REQUEST_TOKEN: gitlab.token, DRIFT_TOKEN: gitlab.token };
    return runGitlabJob(job, {
      ...{ folder: workspace.folder, machine: jobMachine(workspace) },
      variables: {
        ...{ CI_API_V4_URL: gitlab.url, CI_PROJECT_ID: String(project), CI_JOB_ID: "56" },
        ...{ CI_MERGE_REQUEST_IID: String(mergeRequest), CI_MERGE_REQUEST_DIFF_BASE_SHA: main },
        ...(labels.length > 0 && { CI_MERGE_REQUEST_LABELS: labels.join(",") }),
        ...(!fork && tokens),
        ...roles,
      },
    });
  }

  /** Run a job and the one that needs it. A job that fails still hands over its artifacts. */
  async function planAndNote(request: MergeRequest = {}): Promise<{ plan: Ran; note: Ran }> {
    rmSync(fileOf("plan.md"), { force: true });
    const plan = await run("plan dev", request);
    return { plan, note: await run("note dev", request) };
  }

  function propose(repositories: object): void {
    repository.git("checkout", "--quiet", "--force", "-B", "topic", main);
    environment(repositories);
    repository.commit("feat: repositories");
  }

  test("a merge request from a fork is reviewed without a token and a role", async () => {
    propose({ "web-app": {}, worker: {}, reports: {} });
    const { code, stdout, stderr } = await run("review", { fork: true });

    expect(code, stdout + stderr).toBe(0);
    expect(readFileSync(fileOf("review.md"), "utf8")).toContain("myproject-dev-reports");
    expect(gitlab.requests).toEqual([]);
  });

  test("a plan is one note, which is changed; one that is blocked fails, until a label accepts it", async () => {
    const first = await planAndNote();
    expect(first.plan.code, first.plan.stderr).toBe(0);
    expect(first.note).toMatchObject({ code: 0 });
    expect(gitlab.notes).toHaveLength(1);
    expect(gitlab.notes[0]?.["body"]).toContain("myproject-dev-reports");
    propose({ "web-app": {} });
    const blocked = await planAndNote();
    expect([blocked.plan.code, blocked.note.code]).toEqual([3, 0]);
    expect(gitlabJob(text, "note dev").rules).toMatchObject([{ when: "always" }]);
    expect(gitlab.notes).toHaveLength(1);
    expect(gitlab.notes[0]?.["body"]).toContain("Blocked");
    expect((await run("review")).code).toBe(3);
    const labels = ["documentation", "acknowledge/repository-loss"];
    const accepted = await planAndNote({ labels });
    expect([accepted.plan.code, accepted.note.code]).toEqual([0, 0]);
    expect(gitlab.notes).toHaveLength(1);
    expect(gitlab.notes[0]?.["body"]).toContain("acknowledge/repository-loss");
  });

  test("without a plan, the note fails and says why", async () => {
    rmSync(fileOf("plan.md"), { force: true });
    const { code, stderr } = await run("note dev");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "plan.md does not exist; the step with --markdown writes it. Look there for why it did not.\n",
    );
  });

  test("drift is one issue, which is closed when it is gone", async () => {
    repository.reset();
    const ecr = new ECRClient(clientConfig(account));
    const mutability = (imageTagMutability: "IMMUTABLE" | "MUTABLE") =>
      ecr.send(
        new PutImageTagMutabilityCommand({ repositoryName: "myproject-dev-worker", imageTagMutability }),
      );
    const drift = async () => {
      const { code, stdout, stderr } = await run("drift dev");
      expect(code, stdout + stderr).toBe(0);
      return gitlab.issues.map(({ title, state }) => `${title}: ${state}`);
    };
    expect(await drift()).toEqual([]);
    await mutability("IMMUTABLE");
    expect(await drift()).toEqual(["Drift: compute-dev: opened"]);
    await mutability("MUTABLE");
    expect(await drift()).toEqual(["Drift: compute-dev: closed"]);
    expect(existsSync(fileOf("review.json"))).toBe(true);
  });
});
