import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { described, digest } from "../support/commands/described-images";
import { Workspace } from "../support/emulator/workspace";

/** Previews for images from a file, in a copy of the project. */
describe("lifecycle preview", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace({}, { code: false });
    workspace.write("images.json", JSON.stringify(described(12)));
  });
  afterAll(() => workspace.remove());

  const preview = (...args: string[]) => workspace.loaded(["ecr", "lifecycle", "preview", ...args]);
  const ofFile = (...args: string[]) =>
    preview("--env", "dev", "--repo", "lambda-processor", "--images", "images.json", ...args);

  test("images beyond the maximum count expire, each with the reason", async () => {
    const { code, stdout, stderr } = await ofFile();

    expect(code, stderr).toBe(0);
    expect(stdout.match(/│ expires/g)).toHaveLength(2);
    expect(stdout).toContain("By rule 1 (any): image 12 counting from the newest, and the rule keeps 10.");
    expect(stdout).toContain(
      "myproject-dev-lambda-processor: 12 images, 2 expire, 0 are archived, 10 stay. ECR acts within 24 hours.",
    );
  });

  test("the exit code is 2 if an image in use would expire, and 0 if all are kept", async () => {
    workspace.write("running.txt", `${digest(1)}\n\n${digest(11)}\n`);

    const [expiring, kept] = [
      await ofFile("--in-use", "running.txt"),
      await ofFile("--in-use", digest(1), "--in-use", digest(2)),
    ];

    expect([expiring.code, kept.code]).toEqual([2, 0]);
    expect(expiring.stderr).toBe("1 image in use would be removed or archived.\n");
    expect(expiring.stdout.match(/in use!/g)).toHaveLength(1);
  });

  test("a digest that the repository does not have is reported once", async () => {
    workspace.write("running.txt", `${digest(1)}\n${digest(13)}\n`);

    const { code, stderr } = await ofFile("--in-use", "running.txt", "--in-use", digest(13));

    expect([code, stderr]).toEqual([
      0,
      `--in-use: myproject-dev-lambda-processor has no image ${digest(13)}.\n`,
    ]);
  });

  test("a single image is reported in the singular", async () => {
    workspace.write("one.json", JSON.stringify(described(1)));

    const { stdout } = await preview("--env", "dev", "--repo", "lambda-processor", "--images", "one.json");

    expect(stdout).toBe(
      "myproject-dev-lambda-processor: 1 image, 0 expire, 0 are archived, 1 stays. ECR acts within 24 hours.\n",
    );
  });

  test("--json prints only JSON, in the shape of AWS's own preview", async () => {
    const { code, stdout, stderr } = await ofFile("--json", "--in-use", digest(12));

    const { repository, previewResults, summary } = JSON.parse(stdout);
    expect([code, stderr, repository]).toEqual([
      2,
      "1 image in use would be removed or archived.\n",
      "myproject-dev-lambda-processor",
    ]);
    expect(summary).toEqual({ expiringImageTotalCount: 2, transitioningImageTotalCounts: [] });
    expect(previewResults[9]).toMatchObject({ imageTags: ["v10"], inUse: false });
    expect(previewResults[9]).not.toHaveProperty("action");
    expect(previewResults[11]).toMatchObject({
      imageDigest: digest(12),
      imageTags: ["v12"],
      action: { type: "EXPIRE" },
      appliedRulePriority: 1,
      inUse: true,
    });
  });

  test("a manifest list keeps the images that it references, and a list without references causes a note", async () => {
    const { imageDetails } = described(12);
    const list = { ...imageDetails[0], imageManifestMediaType: "application/vnd.oci.image.index.v1+json" };
    const parts = imageDetails.slice(1);
    workspace.write(
      "with-references.json",
      JSON.stringify([{ ...list, references: [digest(11)] }, ...parts]),
    );
    workspace.write("without-references.json", JSON.stringify([list, ...parts]));

    const [withReferences, withoutReferences] = await Promise.all(
      ["with-references.json", "without-references.json"].map((file) =>
        preview("--env", "dev", "--repo", "lambda-processor", "--images", file),
      ),
    );

    expect([withReferences?.stdout.match(/│ expires/g)?.length, withReferences?.stderr]).toEqual([1, ""]);
    expect(withoutReferences?.stdout.match(/│ expires/g)?.length).toBe(2);
    expect(withoutReferences?.stderr).toContain("1 manifest list in the file has no references, so");
  });

  test("images that the environment file names are in use, and missing ones are reported", async () => {
    workspace.write(
      "environments/trial.ts",
      `import { defineEnvironment } from "./environment";

export const trial = defineEnvironment({
  name: "trial",
  project: "acme",
  accountId: "111122223333",
  region: "eu-west-1",
  tier: "development",
  state: { backend: "local" },
  network: {
    kind: "existing",
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
  ecr: { repositories: { app: { maxImageCount: 10, enableLambdaPull: true } } },
  ecs: { services: { web: { image: { repository: "app", tag: "v12" } } } },
  lambda: {
    functions: {
      resize: { image: { repository: "app", digest: "${digest(12)}" } },
      rotate: { image: { repository: "app", tag: "v13" } },
    },
  },
});
`,
    );
    const all = readFileSync(join(workspace.folder, "environments/all.ts"), "utf8");
    workspace.write(
      "environments/all.ts",
      `import { trial } from "./trial";\n${all.replace("= {", '= { "environments/trial.ts": trial,')}`,
    );

    workspace.write("trial.json", JSON.stringify(described(12, "acme-trial-app", "111122223333")));

    const { code, stdout, stderr } = await preview(
      "--env",
      "trial",
      "--repo",
      "app",
      "--images",
      "trial.json",
    );

    expect(code, stderr).toBe(2);
    expect(stdout).toContain('expires (in use by ECS service "web" and by Lambda function "resize"!)');
    expect(stderr).toBe(
      `environments/trial.ts: lambda.functions.rotate.image: acme-trial-app has no image v13.
1 image in use would be removed or archived.
`,
    );
  });

  test("fails for an unknown environment or repository, with a suggestion", async () => {
    const [environment, repository] = await Promise.all([
      preview("--env", "prd", "--repo", "web-app"),
      preview("--env", "prod", "--repo", "web-ap"),
    ]);

    expect([environment?.code, environment?.stderr]).toEqual([
      1,
      'There is no environment "prd"; did you mean "prod"?\n',
    ]);
    expect([repository?.code, repository?.stderr]).toEqual([
      1,
      'There is no repository "web-ap" in prod; did you mean "web-app"?\n',
    ]);
  });
});
