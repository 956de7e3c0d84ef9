import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const file = (name: string, ecr: string) => `import { defineEnvironment } from "./environment";

export const ${name} = defineEnvironment({
  name: "${name}",
  project: "myproject",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "local" },
  ecr: ${ecr},
});
`;

/** Two environments that share a registry. The one that is not deployed has a cache. */
describeWithTerraform("shared registry", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    workspace.write(
      "environments/dev.ts",
      file("dev", '{ pullThroughCache: { quay: { upstream: "quay" } } }'),
    );
    workspace.write("environments/prod.ts", file("prod", "{}"));
  });
  afterAll(() => workspace.remove());

  test.each([
    ["deploy", "--auto-approve"],
    ["diff", "--layer", "registry"],
  ])("%s fails until the security layer of the other environment is deployed", async (command, ...args) => {
    const { code, stderr } = await workspace.command([command, "prod", ...args]);

    expect([code, stderr]).toEqual([
      1,
      "The registry layer needs outputs of security-dev (missing: ecr_template_role_arn); deploy it first: npm run deploy -- dev --layer security\n",
    ]);
  });
});
