import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import bindings from "@cdktf/provider-aws/package.json";
import { Testing } from "cdktf";
import { Construct } from "constructs";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { literalEnvironment } from "../../../environments/plan/literal-environment";
import { SecurityLayer } from "../../../layers/security/security-layer";
import { guide } from "../../support/environments/guide";
import { minimal, only } from "../../support/environments/minimal";
import { bareApp, type StackJson, synth } from "../../support/synth";

const s3 = { backend: "s3", bucket: "acme-tfstate" } as const;

const ofGuide = Object.entries(synth(guide));

const stacksOf = (change: Partial<EnvironmentInput> = {}, context = {}) =>
  synth(only({ ...minimal, ...change }), context);

/** The provider of a stack for its own Region, which is the only one without an alias. */
function providerOf(json: StackJson | undefined) {
  const [own, ...others] = (json?.["provider"].aws ?? []).filter(
    ({ alias }: StackJson) => alias === undefined,
  );
  expect(others).toEqual([]);
  return own;
}

/** The providers of a stack: one for each Region in which it has something. */
const providersOf = (json: StackJson): StackJson[] => json["provider"].aws;

/**
 * Terraform fills in the parts that a source leaves out, so `aws` and `hashicorp/aws` are one provider.
 *
 * @see https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses
 */
function fullAddress(source: string): string {
  const parts = source.split("/");
  return ["registry.terraform.io", "hashicorp"]
    .slice(0, 3 - parts.length)
    .concat(parts)
    .join("/");
}

test.each(ofGuide)("Terraform runs %s with credentials of its account only", (name, json) => {
  const account = name.includes("dev") || name.includes("123456789012") ? "123456789012" : "987654321098";
  const accounts = providersOf(json).map(({ allowed_account_ids }) => allowed_account_ids);

  expect(accounts).toEqual(accounts.map(() => [account]));
  expect(providersOf(json)[0]).toMatchObject({
    region: /^registry-\d+-(.*)$/.exec(name)?.[1] ?? "us-east-1",
  });
});

test("a provider of another Region has the account and the tags of the stack, and the Region as its alias", () => {
  const [, replicas] = ofGuide.find(([name]) => name === "replicas-prod") ?? [];
  const [own, ...others] = providersOf(replicas ?? {});

  expect(others).toEqual(["eu-west-1", "us-west-2"].map((region) => ({ ...own, region, alias: region })));
});

test.each(ofGuide)("%s asks for the provider that the bindings were made from", (_, json) => {
  const { required_providers } = json["terraform"];

  const { name, version } = bindings.cdktf.provider;
  expect(required_providers).toEqual({ aws: { source: expect.any(String), version } });
  expect(fullAddress(required_providers.aws.source)).toBe(name);
});

test("every stack asks for the provider version of the context", () => {
  const stacks = stacksOf({ state: s3 }, { awsProviderVersion: "6.8.0" });

  const versions = Object.values(stacks).map((json) => json["terraform"].required_providers.aws.version);
  expect(versions).toEqual(["6.8.0", "6.8.0", "6.8.0", "6.8.0"]);
});

test.each(ofGuide)("%s needs a Terraform that locks a state in S3", (_, json) => {
  expect(json["terraform"].required_version).toBe(">= 1.11.0");
});

test("every stack tags its resources with what the file says and with its own tags", () => {
  const stacks = stacksOf({ state: s3, tags: { CostCenter: "1234", Owner: "platform" } });

  const tags = Object.entries(stacks).map(([name, json]) => [name, providerOf(json).default_tags]);
  const own = (layer: string) => [
    {
      tags: {
        CostCenter: "1234",
        Owner: "platform",
        Project: "acme",
        Environment: "test",
        Layer: layer,
        ManagedBy: "cdktf",
      },
    },
  ];
  expect(Object.fromEntries(tags)).toEqual({
    "bootstrap-test": own("bootstrap"),
    "security-test": own("security"),
    "compute-test": own("compute"),
    "registry-111122223333-eu-west-1": own("registry"),
  });
});

test.each(ofGuide.filter(([name]) => !name.startsWith("bootstrap-")))(
  "the state of %s is encrypted, and locked while Terraform works on it",
  (_, json) => {
    expect(json["terraform"].backend).toEqual({
      s3: expect.objectContaining({ encrypt: true, use_lockfile: true, region: "us-east-1" }),
    });
  },
);

test.each(ofGuide.filter(([name]) => !name.startsWith("bootstrap-")))(
  "the state of %s is neither read nor locked with credentials of another account",
  (_, json) => {
    const accounts: string[] = providersOf(json)[0]?.["allowed_account_ids"];

    expect(accounts).toHaveLength(1);
    expect(json["terraform"].backend.s3.allowed_account_ids).toEqual(accounts);
  },
);

test.each(ofGuide.filter(([name]) => !name.startsWith("bootstrap-")))(
  "the state of %s has a key with the stack's name",
  (name, json) => {
    expect(json["terraform"].backend.s3.key).toBe(`myproject/${name}/terraform.tfstate`);
  },
);

test("a state is where the file says, encrypted with its key", () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";

  const stacks = stacksOf({ state: { ...s3, region: "eu-central-1", kmsKeyArn, keyPrefix: "teams/b" } });

  expect(stacks["compute-test"]?.["terraform"].backend.s3).toEqual({
    bucket: "acme-tfstate",
    key: "teams/b/compute-test/terraform.tfstate",
    region: "eu-central-1",
    encrypt: true,
    kms_key_id: kmsKeyArn,
    use_lockfile: true,
    allowed_account_ids: ["111122223333"],
  });
});

test("a local state has a relative path of its own for each stack, outside the output folder", () => {
  const stacks = stacksOf();

  const backends = Object.entries(stacks).map(([name, json]) => [name, json["terraform"].backend]);
  expect(Object.fromEntries(backends)).toEqual({
    "security-test": { local: { path: "../../../.terraform-state/security-test.tfstate" } },
    "compute-test": { local: { path: "../../../.terraform-state/compute-test.tfstate" } },
    "registry-111122223333-eu-west-1": {
      local: { path: "../../../.terraform-state/registry-111122223333-eu-west-1.tfstate" },
    },
  });
});

test("fails when two constructs would have one address", () => {
  const [environment] = loadEnvironments(only(minimal));
  if (environment === undefined) throw new Error("no environment");
  const stack = new SecurityLayer(bareApp(), literalEnvironment(environment));
  new KmsKey(new Construct(stack, "logs"), "key");

  expect(() => Testing.synth(stack)).toThrowErrorMatchingInlineSnapshot(
    `[Error: security-test/logs/key and security-test/logs_key/key would both be aws_kms_key.logs in Terraform; rename one of them]`,
  );
});

test("no stack holds a path of the machine", () => {
  expect(JSON.stringify([ofGuide, stacksOf()])).not.toMatch(/"(\/(home|work|tmp|Users|root)\/|[A-Z]:\\)/);
});
