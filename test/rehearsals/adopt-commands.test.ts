import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

const variables = `ecr_repositories = {
  "web-app" = {
    image_tag_mutability = "IMMUTABLE"
    max_image_count      = 50
    enable_replication   = var.environment == "prod"
  }
  api = { max_image_count = 30, registry_id = "YOUR_ACCOUNT_ID" }
}
ecr_encryption_type = "KMS"
`;

const flags = ["--project", "shop", "--account", "111122223333", "--region", "eu-west-1"];

/** `npm run adopt`, in a copy of the project. */
describe("adopt", () => {
  let workspace: Workspace;
  const read = (path: string) => readFileSync(join(workspace.folder, path), "utf8");

  beforeAll(() => {
    workspace = new Workspace();
    workspace.write("terraform.tfvars", variables);
  });
  afterAll(() => workspace.remove());

  test("without an account, a Region and a project, it says which flags are missing", async () => {
    const { code, stderr } = await workspace.command(["adopt", "tfvars", "terraform.tfvars", "--env", "qa"]);

    expect(code).toBe(1);
    expect(stderr).toContain("add --project, --account, --region. Nothing was written.");
    expect(existsSync(join(workspace.folder, "environments/qa.ts"))).toBe(false);
  });

  test("problems are at the lines of the variables, and nothing is written", async () => {
    workspace.write("wrong.tfvars", variables.replace("= 50", "= 0").replace('"KMS"', '"SSE"'));
    const { code, stderr } = await workspace.command([
      ...["adopt", "tfvars", "wrong.tfvars", "--env", "qa", ...flags],
    ]);
    const broken = await workspace.command(["adopt", "tfvars", "none.tfvars", "--env", "qa", ...flags]);

    expect(code).toBe(1);
    expect(stderr).toContain(
      'wrong.tfvars:4: ecr.repositories["web-app"].maxImageCount: found 0; a repository keeps 1 to 100000 images',
    );
    expect(stderr).toContain('wrong.tfvars:9: ecr.encryptionType: found "SSE"');
    expect(stderr).toContain("2 problems; nothing was written.");
    expect([broken.code, broken.stderr]).toEqual([
      ...[1, "none.tfvars: there is no such file\nNothing was written.\n"],
    ]);
  });

  test("variables become a file that synthesizes, and the notes have their lines", async () => {
    const { code, stdout, stderr } = await workspace.command([
      ...["adopt", "tfvars", "terraform.tfvars", "--env", "qa", ...flags],
    ]);

    expect(code, stderr).toBe(0);
    expect(stderr).toContain('terraform.tfvars:7: loss: ecr_repositories["api"].registry_id:');
    expect(stdout).toContain(
      "environments/qa.ts is written with 2 repositories, and every stack synthesizes.",
    );
    expect(read("environments/qa.ts")).toContain('"web-app": {\n        imageTagMutability: "IMMUTABLE",');
    expect(read("environments/all.ts")).toContain('"environments/qa.ts": qa');
  });

  test("calls of a module become repositories with names of their own", async () => {
    workspace.write(
      "main.tf",
      'module "ecr" {\n  source = "lgallard/ecr/aws"\n  name = "team/app"\n  encryption_type = "AES256"\n}\n',
    );
    const { code, stdout, stderr } = await workspace.command([
      ...["adopt", "tfvars", "main.tf", "terraform.tfvars", "--env", "module", ...flags, "--dry-run"],
    ]);

    expect(code, stderr).toBe(0);
    expect(stdout).toContain('"team/app": {\n        name: "team/app",');
  });

  test("a file that exists is shown as a diff, and changed only with --replace", async () => {
    const before = read("environments/qa.ts");
    workspace.write(
      "environments/qa.ts",
      before.replace("maxImageCount: 30 },", "maxImageCount: 30 }, // few"),
    );
    workspace.write("terraform.tfvars", variables.replace("= 50", "= 60"));
    const run = (...more: string[]) =>
      workspace.command(["adopt", "tfvars", "terraform.tfvars", "--env", "qa", ...more]);
    const refused = await run();
    const unchanged = read("environments/qa.ts");
    const json = await run("--dry-run", "--json");
    const replaced = await run("--replace");
    const again = await run("--replace");

    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("-        maxImageCount: 50,\n+        maxImageCount: 60,");
    expect(refused.stderr).toContain("environments/qa.ts exists; with --replace, it is changed as shown.");
    expect(unchanged).toContain("maxImageCount: 50");
    expect(JSON.parse(json.stdout)).toMatchObject({ file: "environments/qa.ts", written: false });
    expect(replaced.code, replaced.stderr).toBe(0);
    expect(read("environments/qa.ts")).toContain("maxImageCount: 60");
    expect(read("environments/qa.ts")).toContain("// few");
    expect(again.stdout).toContain("says all of this already; nothing was written.");
  });
});
