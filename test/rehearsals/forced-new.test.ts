import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forcesNew, isSetInPlace } from "../../scripts/review/revisions/forced-new";
import { parsePlan } from "../../scripts/review/terraform-plan";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { everyOptionContext, everyOptionOnce } from "../support/environments/every-option";
import { guide } from "../support/environments/guide";
import { only } from "../support/environments/minimal";
import { stacksOf } from "../support/review/edited-stacks";
import type { TypeSchema } from "../support/review/forced/literal";
import { namesIn, type Variant, variantsOf } from "../support/review/forced/variants";

/** Address in `cdktf.out/stacks`, and the folder. */
const stack = "forced";

/** What the AWS provider replaces, asked for every argument that the stacks set. */
describeWithTerraform("arguments that force a replacement", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    mkdirSync(join(account.workspace.folder, "cdktf.out/stacks", stack), { recursive: true });
  });
  afterAll(() => account.close());

  const write = (file: string, content: object) =>
    account.workspace.write(`cdktf.out/stacks/${stack}/${file}`, JSON.stringify(content));

  async function schemas(): Promise<Record<string, TypeSchema>> {
    write("main.tf.json", base);
    await account.workspace.terraform(stack, ["init", "-input=false"]);
    const { stdout } = await account.workspace.terraform(stack, ["providers", "schema", "-json"]);
    return JSON.parse(stdout).provider_schemas["registry.terraform.io/hashicorp/aws"].resource_schemas;
  }

  /** The variants that the provider replaces. */
  async function replaced(variants: readonly Variant[], versions: Record<string, TypeSchema>) {
    const named = variants.map((variant, index) => ({ ...variant, name: `v${index}` }));
    const resource: Record<string, Record<string, object>> = {};
    for (const { type, name, config } of named) resource[type] = { ...resource[type], [name]: config };
    write("main.tf.json", { ...base, resource });
    write("terraform.tfstate", {
      ...{ version: 4, terraform_version: "1.11.0", serial: 1, lineage: "forced", outputs: {} },
      resources: named.map(({ type, name, state }) => ({
        ...{ mode: "managed", type, name },
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ schema_version: versions[type]?.version, attributes: { id: "other", ...state } }],
      })),
    });
    await account.workspace.terraform(stack, ["plan", "-refresh=false", "-out=plan"]);
    const { stdout } = await account.workspace.terraform(stack, ["show", "-json", "plan"]);
    const changes = parsePlan(stdout).resource_changes ?? [];
    // The state lacks defaults of the provider, some of which replace the resource, too.
    return named.filter(({ type, name, path }) =>
      changes
        .find(({ address }) => address === `${type}.${name}`)
        ?.change.replace_paths?.some((forced) => isPart(namesIn(forced), namesIn(path))),
    );
  }

  test("the table has exactly those that the provider replaces a resource for", async () => {
    const types = await schemas();
    const environments = [guide, ...everyOptionOnce.map(only)];
    const stacks = environments.flatMap((definitions) =>
      Object.values(stacksOf(definitions, everyOptionContext)),
    );
    const variants = variantsOf(stacks, types);
    const text = ({ type, path }: Variant) => `${type} ${namesIn(path)}`;

    const forced = await replaced(variants, types);

    expect(
      variants
        .filter(
          ({ type, path, state, config }) =>
            forcesNew(type, path) && !isSetInPlace(type, path, { before: state, after: config }),
        )
        .map(text)
        .toSorted(),
    ).toEqual(forced.map(text).toSorted());
  });
});

const base = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
  provider: { aws: [{ region: "us-east-1" }] },
};

/** Whether one of two paths is the other one, or within it. */
const isPart = (one: string, other: string): boolean =>
  `${one}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${one}.`);
