import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AwsTruth } from "./aws-truth";
import { EmulatedAccount } from "./emulated-account";
import { ownProvider } from "./running-provider";
import { describeWithTerraform } from "./skip-without-parts";
import type { StateBucketTruth } from "./state-bucket";
import type { Ran, Workspace } from "./workspace";

const stacks = ["security-dev", "registry-123456789012-us-east-1", "compute-dev"];
const named = (shortName: string) => `myproject-dev-${shortName}`;
const names = ["api-service", "lambda-processor", "web-app", "worker"].map(named);

/** The guide's development environment, driven by the cdktf CLI. The tests build on each other, in this order. */
describeWithTerraform("dev", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  let aws: AwsTruth;
  let bucket: StateBucketTruth;
  let bootstrap: Promise<Ran>;

  const cdktf = async (args: readonly string[], variables = {}): Promise<Ran> => {
    const ran = await workspace.run(["npx", "cdktf", ...args], variables);
    if (ran.code !== 0) throw new Error(`cdktf ${args.join(" ")}: ${ran.code}\n${ran.stdout}${ran.stderr}`);
    return ran;
  };

  const runner = (command: string, ...args: string[]): Promise<Ran> =>
    workspace.run(["npm", "run", "--silent", command, "--", "dev", ...args]);

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012", "myproject-dev-tfstate-123456789012");
    ({ workspace, aws, bucket } = account);
  });
  afterAll(() => account.close());

  test("cdktf lists every stack of both environments", async () => {
    const { stdout } = await cdktf(["list"]);

    for (const stack of [...stacks, "bootstrap-dev", "bootstrap-prod", "security-prod", "compute-prod"])
      expect(stdout).toContain(stack);
  });

  test("cdktf deploys a stack alone, without a terminal, over layers that the runner deployed", async () => {
    bootstrap = workspace.run(
      ["npm", "run", "--silent", "deploy", "--", "dev", "--layer", "bootstrap", "--auto-approve"],
      ownProvider,
    );
    await bucket.usable(bootstrap);

    const below = await runner("deploy", "--layer", "security", "--layer", "registry", "--auto-approve");
    expect(below.code, below.stdout + below.stderr).toBe(0);
    await cdktf(["deploy", "compute-dev", "--auto-approve"], ownProvider);

    expect(await bucket.keys()).toEqual(
      stacks.map((stack) => `myproject/${stack}/terraform.tfstate`).toSorted(),
    );
  });

  test("repositories are as the environment file says", async () => {
    const repositories = await aws.repositories();

    expect(Object.keys(repositories).toSorted()).toEqual(names);
    for (const name of names)
      expect(repositories[name]).toMatchObject({
        imageTagMutability: "MUTABLE",
        encryptionConfiguration: { encryptionType: "AES256" },
        imageScanningConfiguration: { scanOnPush: true },
      });
    expect(await aws.imagesKept(names)).toEqual({
      [named("api-service")]: 30,
      [named("lambda-processor")]: 10,
      [named("web-app")]: 50,
      [named("worker")]: 20,
    });
    expect(await aws.scanType()).toBe("BASIC");
    expect(await aws.scanFrequencies(names)).toEqual(
      Object.fromEntries(names.map((name) => [name, "SCAN_ON_PUSH"])),
    );
    expect(Object.keys((await aws.policies(names))[named("lambda-processor")] ?? {})).toEqual([
      "LambdaECRImageRetrievalPolicy",
    ]);
    expect(await aws.logGroups()).toEqual([]);
  });

  test("terraform output prints the repository URLs as the guide shows them", async () => {
    const { stdout } = await workspace.terraform("compute-dev", ["output", "ecr_repository_urls"]);

    expect(stdout).toBe(`{
  "api-service" = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-api-service"
  "lambda-processor" = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-lambda-processor"
  "web-app" = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app"
  "worker" = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-worker"
}
`);
  });

  test("cdktf output writes the four outputs", async () => {
    await cdktf(["output", "compute-dev", "--skip-synth", "--outputs-file", "outputs.json"]);

    const outputs = JSON.parse(readFileSync(join(workspace.folder, "outputs.json"), "utf8"))["compute-dev"];
    expect(Object.keys(outputs).toSorted()).toEqual([
      "ecr_registry_ids",
      "ecr_repository_arns",
      "ecr_repository_names",
      "ecr_repository_urls",
    ]);
    expect(outputs.ecr_registry_ids["web-app"]).toBe("123456789012");
    expect(outputs.ecr_repository_names["web-app"]).toBe(named("web-app"));
    expect(outputs.ecr_repository_arns["web-app"]).toBe(
      `arn:aws:ecr:us-east-1:123456789012:repository/${named("web-app")}`,
    );
  });

  test("cdktf diff finds nothing to change, and neither does a plan of any stack", async () => {
    const { stdout } = await cdktf(["diff", "compute-dev", "--skip-synth", "--no-color"]);
    const { code, stdout: plans } = await runner("diff", "--layer", "security", "--layer", "registry");

    expect(stdout).toContain("No changes. Your infrastructure matches the configuration.");
    expect(code, plans).toBe(0);
    expect((await bootstrap).code, (await bootstrap).stdout).toBe(0);
    await workspace.terraform("bootstrap-dev", ["plan", "-detailed-exitcode"]);
  });

  test("keys are not destroyed under the repositories", async () => {
    const { code, stderr } = await runner("destroy", "--layer", "security", "--auto-approve");

    expect(code).toBe(1);
    expect(stderr).toBe(
      "compute-dev still has 9 resources above security-dev; destroy it first: npm run destroy -- dev --layer compute\n",
    );
  });

  test("it is destroyed from the top, and leaves nothing", async () => {
    await cdktf(["destroy", "compute-dev", "--skip-synth", "--auto-approve"]);
    const { code, stdout, stderr } = await runner(
      "destroy",
      "--layer",
      "registry",
      "--layer",
      "security",
      "--auto-approve",
    );

    expect(code, stdout + stderr).toBe(0);
    expect(await aws.repositories()).toEqual({});
  });
});
