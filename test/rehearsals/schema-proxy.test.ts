import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findProvider } from "../../emulator/installation";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** A state with one resource, whose attributes Terraform cannot read without the schema of its type. */
const stateWith = (type: string) => ({
  version: 4,
  terraform_version: "1.11.0",
  serial: 1,
  lineage: "0b1c2d3e",
  resources: [
    {
      mode: "managed",
      type,
      name: "it",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version: 0, attributes: { id: "it" } }],
    },
  ],
});

/** Without any call to AWS. */
const aws = {
  region: "us-east-1",
  access_key: "test",
  secret_key: "test",
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
};

/** Types that no stack uses: see usedTypes. That plans through the proxy are right is tested in eks.test.ts. */
describeWithTerraform("schema proxy", () => {
  let provider: RunningProvider;
  let workspace: Workspace;

  beforeAll(async () => {
    provider = await startProvider({});
    workspace = new Workspace(provider.variables);
    mkdirSync(join(workspace.folder, "cdktf.out/stacks/trial"), { recursive: true });
  });
  afterAll(async () => {
    await provider.stop();
    workspace.remove();
  });

  /** What Terraform prints when a command fails, on one line. */
  async function failure(command: string, configuration: object, state?: object): Promise<string> {
    const write = (file: string, content: object) =>
      workspace.write(`cdktf.out/stacks/trial/${file}`, JSON.stringify(content));
    const required = { aws: { source: "hashicorp/aws", version: findProvider()?.providerVersion } };
    const terraform = { required_providers: required };
    write("main.tf.json", { terraform, provider: { aws }, ...configuration });
    if (state) write("terraform.tfstate", state);
    await workspace.terraform("trial", ["init"]);
    const { stderr } = await workspace.terraform("trial", [command], [1]);
    return stderr.replaceAll(/\s+/g, " ");
  }

  test("a resource type that no stack uses fails", async () => {
    expect(await failure("validate", { resource: { aws_dynamodb_table: { it: {} } } })).toContain(
      'The provider hashicorp/aws does not support resource type "aws_dynamodb_table".',
    );
  });

  test("a data source that no stack uses fails", async () => {
    expect(await failure("validate", { data: { aws_canonical_user_id: { it: {} } } })).toContain(
      'The provider hashicorp/aws does not support data source "aws_canonical_user_id".',
    );
  });

  test("a function fails, as no stack uses one", async () => {
    expect(
      await failure("validate", { output: { it: { value: '${provider::aws::arn_parse("")}' } } }),
    ).toContain('There is no function named "provider::aws::arn_parse".');
  });

  test("a resource in the state fails when no stack uses its type", async () => {
    expect(await failure("plan", {}, stateWith("aws_dynamodb_table"))).toContain(
      "no schema available for aws_dynamodb_table.it while reading state",
    );
  });
});
