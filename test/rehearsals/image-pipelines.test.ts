import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  ECRClient,
  PutImageCommand,
  StartImageScanCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { clientConfig } from "../../emulator/client-config";
import { ImageRegistry } from "../../emulator/image-registry";
import { Repository } from "../support/commands/repository";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";
import { type JobRun, runWorkflow } from "../support/pipelines/github-run";
import { type GitlabJob, gitlabJob, runGitlabJob } from "../support/pipelines/gitlab-job";
import { jobMachine } from "../support/pipelines/job-machine";
import { dotenv, type StubPrograms, stubPrograms } from "../support/pipelines/stub-programs";
import { githubWorkflows, gitlabPipelines } from "../support/pipelines/workflow-files";

const repositoryName = "myproject-dev-web-app";
const uri = `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repositoryName}`;
const role = "arn:aws:iam::123456789012:role/myproject-dev-ci-push-web";
const textOf = (files: readonly { path: string; text: string }[], end: string) =>
  files.find(({ path }) => path.endsWith(end))?.text ?? "";

/** The pipelines that an application calls. Docker is a program that writes to the emulated registry what it would push. */
describeWithTerraform("pipelines that build and push an image", () => {
  let emulator: Emulator;
  let account: Readonly<Record<string, string>>;
  let workspace: Workspace;
  let images: ImageRegistry;
  let ecr: ECRClient;
  let programs: StubPrograms;
  let platformCommit: string;
  /** Checkout of the application. */
  let application: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    account = await emulator.asAccount("123456789012");
    workspace = new Workspace();
    const trust = [
      { github: "acme/web", branch: "main" },
      { gitlab: "acme/web", branch: "main" },
    ];
    writeEnvironments(workspace, {
      dev: {
        project: "myproject",
        security: { ci: { push: { web: { repositories: ["web-app"], trust } } } },
        ecr: { repositories: { "web-app": {} } },
      },
    });
    await workspace.compile();
    platformCommit = new Repository(workspace).git("rev-parse", "HEAD");
    images = new ImageRegistry(account);
    ecr = new ECRClient(clientConfig(account));
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    application = realpathSync(mkdtempSync(join(tmpdir(), "application-")));
    mkdirSync(join(application, "application"));
    symlinkSync(workspace.folder, join(application, "platform"));
  });
  afterAll(async () => {
    await emulator?.stop();
    workspace?.remove();
    rmSync(application, { recursive: true, force: true });
  });
  beforeEach(async () => {
    programs = await stubPrograms(join(workspace.folder, "build", "stubs"), docker);
    return () => programs.close();
  });

  /** What Docker would do in the registry. ECR scans an image when it is pushed. */
  async function docker(args: readonly string[]): Promise<void> {
    const after = (flag: string) => args[args.indexOf(flag) + 1] ?? "";
    const tag = after("--tag").replace(`${uri}:`, "");
    if (args.includes("build")) {
      const imageDigest = await images.push(repositoryName, tag);
      await ecr.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest } }));
    } else if (args.includes("imagetools")) {
      const imageDigest = args.at(-1)?.replace(`${uri}@`, "");
      // The registry's HTTP API takes a manifest again that it has; the emulator has only PutImage, which refuses it.
      if ((await digestOf(tag)) === imageDigest) return;
      const found = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest }] }));
      const { imageManifest } = found.images?.[0] ?? {};
      await ecr.send(new PutImageCommand({ repositoryName, imageTag: tag, imageManifest }));
    } else if (args[0] !== "login") throw new Error(`docker ${args.join(" ")} is not expected`);
  }

  /** Puts the workspace, which is compiled, in place of the clone. */
  const packages = () => `cd .. && rm -rf platform && ln -s "${workspace.folder}" platform && cd platform`;
  const machine = () => ({ ...jobMachine(workspace), ...programs.variables });
  const digestOf = async (imageTag: string): Promise<string | undefined> => {
    const found = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }] }));
    return found.images?.[0]?.imageId?.imageDigest;
  };

  async function github(sha: string, severity: string): Promise<JobRun> {
    const runs = await runWorkflow({
      workflow: parse(textOf(githubWorkflows(), "/build-and-push.yml")),
      ...{ folder: application, machine: machine(), apiUrl: "http://127.0.0.1:9", token: () => "ghs_0" },
      github: { repository: "acme/web", ref: "refs/heads/main", sha },
      inputs: {
        ...{ platform: "acme/platform", "platform-ref": platformCommit, environment: "dev" },
        ...{
          repository: "web-app",
          "push-role": "web",
          context: ".",
          "image-platform": "linux/amd64",
          severity,
        },
      },
      actions: {
        "actions/checkout": ({ inputs }) => expect(inputs["path"]).toMatch(/^(application|platform)$/),
        "./platform/.github/actions/setup": () => undefined,
        "aws-actions/configure-aws-credentials": ({ inputs, permissions, variables }) => {
          expect(inputs).toEqual({ "role-to-assume": role, "aws-region": "us-east-1" });
          expect(permissions["id-token"]).toBe("write");
          Object.assign(variables, account);
        },
        "aws-actions/amazon-ecr-login": () => undefined,
      },
    });
    return runs["image"]?.[0] as JobRun;
  }

  const commit = (letter: string) => letter.repeat(40);

  test("GitHub: a commit is pushed once, its digest is an output, latest names the same image", async () => {
    const first = await github(commit("a"), "CRITICAL");
    expect(first.result, first.printed).toBe("success");
    const digest = await digestOf(commit("a"));
    expect(first.outputs).toEqual({ image: `${uri}@${digest}`, digest });
    expect(first.summary).toBe(`image: { repository: "web-app", digest: "${digest}" }\n`);
    expect(await digestOf("latest")).toBe(digest);
    const second = await github(commit("a"), "CRITICAL");
    expect(second).toMatchObject({ result: "success", outputs: first.outputs });
    expect(programs.docker).toEqual([
      `buildx build --platform linux/amd64 --provenance=false --tag ${uri}:${commit("a")} --push application/.`,
      ...Array(2).fill(`buildx imagetools create --prefer-index=false --tag ${uri}:latest ${uri}@${digest}`),
    ]);
  });

  test("GitHub: findings fail the job, also of an image that was pushed before, and latest stays", async () => {
    const digest = await digestOf("latest");
    for (const run of [await github(commit("b"), "LOW"), await github(commit("b"), "LOW")]) {
      expect(run.result).toBe("failure");
      expect(run.outputs["digest"]).toBe(await digestOf(commit("b")));
    }
    expect(programs.docker).toHaveLength(1);
    expect(await digestOf("latest")).toBe(digest);
  });

  /** Run the jobs of the template in order, up to the one that fails. @returns the name of that one */
  async function gitlab(sha: string, severity: string): Promise<string | undefined> {
    const text = textOf(gitlabPipelines(), "ci/gitlab/build-and-push.yml");
    const variables: Record<string, string> = {
      ...(parse(text) as { variables: Record<string, string> }).variables,
      ...{ PLATFORM_PROJECT: "acme/platform", PLATFORM_REF: platformCommit, PLATFORM_ENVIRONMENT: "dev" },
      ...{ IMAGE_REPOSITORY: "web-app", PUSH_ROLE: "web", SCAN_SEVERITY: severity, CI_COMMIT_SHA: sha },
      ...{ CI_JOB_TOKEN: "t0ken", CI_SERVER_HOST: "gitlab.example.com", CI_JOB_ID: "56" },
      ...{ AWS_ENDPOINT_URL: account["AWS_ENDPOINT_URL"] ?? "", AWS_EC2_METADATA_DISABLED: "true" },
      // Git finds the platform in the workspace.
      ...{
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_VALUE_0: "https://gitlab-ci-token:t0ken@gitlab.example.com/acme/platform.git",
      },
      GIT_CONFIG_KEY_0: `url.file://${workspace.folder}.insteadOf`,
    };
    for (const name of ["image-names", "image-exists", "image-push", "image-scan", "image-latest"]) {
      const job: GitlabJob & { artifacts?: { reports?: { dotenv?: string } } } = gitlabJob(text, name);
      const { code, stdout, stderr } = await runGitlabJob(job, {
        ...{ folder: application, machine: machine(), variables, install: packages() },
      });
      if (code !== 0) return `${name}: ${stdout}${stderr}`;
      const report = job.artifacts?.reports?.dotenv;
      if (report !== undefined) Object.assign(variables, dotenv(join(application, report)));
    }
    return undefined;
  }

  test("GitLab: a commit is pushed once, latest names the same image; findings stop before that", async () => {
    expect(await gitlab(commit("c"), "CRITICAL")).toBeUndefined();
    const digest = await digestOf(commit("c"));
    expect(await digestOf("latest")).toBe(digest);
    expect(programs.docker.filter((args) => args.includes("buildx"))).toEqual([
      `buildx build --platform linux/amd64 --provenance=false --tag ${uri}:${commit("c")} --push .`,
      `buildx imagetools create --prefer-index=false --tag ${uri}:latest ${uri}@${digest}`,
    ]);
    expect(await gitlab(commit("d"), "LOW")).toMatch(/^image-scan: /);
    expect(await digestOf("latest")).toBe(digest);
  });
});
