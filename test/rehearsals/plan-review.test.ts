import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const named = (shortName: string) => `myproject-dev-${shortName}`;
const names = ["api-service", "lambda-processor", "web-app", "worker"].map(named);

const repositories = {
  "web-app": { maxImageCount: 50 },
  "api-service": { maxImageCount: 30 },
  worker: { maxImageCount: 20 },
  "lambda-processor": { maxImageCount: 10 },
};
const { worker: _, ...withoutWorker } = repositories;

/** The review over plans of the real Terraform. The tests build on each other, in this order. */
describeWithTerraform("plan review", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    write({ repositories });
    const deployed = await runner("deploy", "--layer", "security", "--layer", "compute", "--auto-approve");
    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
  });
  afterAll(() => account.close());

  const runner = (command: string, ...args: string[]): Promise<Ran> =>
    account.workspace.command([command, "dev", ...args]);
  const deployCompute = () => runner("deploy", "--layer", "compute", "--auto-approve");

  /** An environment file with these images, and more options. */
  function write(ecr: object, more: object = {}): void {
    writeEnvironments(account.workspace, { dev: { project: "myproject", ecr, ...more } });
  }
  const kms = { encryptionType: "KMS", repositories };
  const protectedNow = { deletionProtection: true };
  const worker = "aws_ecr_repository.worker";

  test("diff explains why another encryption replaces every repository", async () => {
    write(kms);

    const { code, stdout } = await runner("diff", "--layer", "compute");

    expect(code, stdout).toBe(2);
    const told = /^WARNING: 4 resources would be replaced:\n((?: {2}- .*\n)+)/m.exec(stdout)?.[1] ?? "";
    expect([...told.matchAll(/- (\S+) \(/g)].map(([, name]) => name)).toEqual(names);
    expect(stdout).toContain('\n  encryption_configuration[0].encryption_type: "AES256" -> "KMS"\n');
    expect(stdout).toContain("\n  Encryption is fixed when a repository is created: ");
  });

  test("the plan that prevent_destroy refuses is explained", async () => {
    write(kms, protectedNow);

    const { code, stdout, stderr } = await deployCompute();

    expect(code).toBe(1);
    expect(stderr).not.toContain("Instance cannot be destroyed");
    expect(stdout).toContain('\n  encryption_configuration[0].encryption_type: "AES256" -> "KMS"\n');
    expect(stderr).toMatch(
      /^dev is protected from deletion, and the plan for compute-dev would destroy or replace:\n(?: {2}.*\n){4}To allow it, .*\ncompute-dev: terraform plan failed with exit code 1\.\n$/,
    );
  });

  test("a protected repository that is taken out of the file stays", async () => {
    write({ repositories: withoutWorker }, protectedNow);

    const { code, stdout, stderr } = await deployCompute();

    expect(code).toBe(1);
    expect(stdout).toContain("Review of compute-dev: 0 to add, 0 to change, 2 to destroy.");
    expect(stderr.replace(/worker_repository_\w+/, "worker_repository_")).toBe(
      `dev is protected from deletion, and the plan for compute-dev would destroy or replace:
  ${named("worker")} (${worker})
To allow it, set deletionProtection: false in environments/dev.ts, and rerun the command.
Nothing in compute-dev was applied.
`,
    );
    expect(Object.keys(await account.aws.repositories()).toSorted()).toEqual(names);
  });

  test("without protection the plan that was reviewed is applied", async () => {
    write({ repositories: { ...withoutWorker, "web-app": { maxImageCount: 40 } } });

    const { code, stdout, stderr } = await deployCompute();

    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain(`WARNING: ${named("worker")} (${worker}`);
    expect(stdout).toContain("\n1 lifecycle policy is replaced. This is expected: ");
    expect(stdout).toContain(
      `WARNING: ${named("web-app")} (aws_ecr_lifecycle_policy.web-app): rule 1 (expire, any): imageCountMoreThan 50 -> 40; it will apply to images that it keeps now.\n`,
    );
    expect(stdout).toMatch(/Plan: (.*)\.\n(?:.*\n)*Review of compute-dev: \1; 1 is a replacement\.\n/);
    expect(Object.keys(await account.aws.repositories())).not.toContain(named("worker"));
    expect(await account.aws.imagesKept([named("web-app")])).toEqual({ [named("web-app")]: 40 });
  });

  test("plan shows how many images a shorter retention removes, and how many of them are in use", async () => {
    const repository = named("api-service");
    const oldest = await account.images.push(repository, "v1");
    for (const tag of ["v2", "v3", "v4"]) await account.images.push(repository, tag);
    // The emulator notes pushes by the second, and this one is to be the newest.
    await sleep(1_100);
    const kept = await account.images.push(repository, "v5");
    write({ repositories: { ...withoutWorker, "api-service": { maxImageCount: 1 } } });

    const { code, stdout, stderr } = await runner(
      ...["plan", "--layer", "compute", "--in-use", oldest, "--in-use", kept],
    );

    expect(code, stdout + stderr).toBe(3);
    expect(stdout).toMatch(
      new RegExp(
        `\\ncompute-dev: ${repository}: 4 images are removed, 1 of them in use; the newest tags: v\\d, .*\\n`,
      ),
    );
    expect(stdout).toContain(
      "imageCountMoreThan 30 -> 1; it will apply to images that it keeps now; 4 images are removed, 1 of them in use.",
    );
    await account.images.empty(repository);
  });

  test("a repository that holds images stops a destroy before anything is destroyed", async () => {
    await account.images.push(named("web-app"), "v1");

    const { code, stdout, stderr } = await runner("destroy", "--layer", "compute", "--auto-approve");

    expect([code, stderr]).toEqual([
      1,
      `These repositories hold images, and forceDelete is not deployed, so ECR would refuse to delete them:
  ${named("web-app")}
Delete their images, or set forceDelete: true in environments/dev.ts and deploy that first: npm run deploy -- dev --layer compute
Nothing was destroyed.
`,
    ]);
    expect(stdout).not.toContain("Destroying...");
    expect(Object.keys(await account.aws.repositories())).toHaveLength(3);
    await account.images.empty(named("web-app"));
    const destroyed = await runner("destroy", "--layer", "compute", "--auto-approve");
    expect(destroyed.code, destroyed.stderr).toBe(0);
  });
});
