import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import { definitions } from "../../../environments/all";
import { type Contract, listOf, mapOf, publish, read } from "../../../layers/contract";
import { securityContract } from "../../../layers/security.contract";
import { minimal, only, synth } from "../../synth";
import { readingsIn, writersOf } from "./remote-states";

const kmsAndLog = {
  encryptionType: "KMS",
  enableScanFindingsLogging: true,
  repositories: { app: {} },
} as const;

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";

const elsewhere = {
  backend: "s3",
  bucket: "acme-tfstate",
  region: "eu-central-1",
  kmsKeyArn: keyArn,
  keyPrefix: "teams/b",
} as const;

const apps = [
  ["the shipped environments", synth(definitions)],
  ["an environment with local state", synth(only({ ...minimal, ecr: kmsAndLog }))],
  ["an environment with its state elsewhere", synth(only({ ...minimal, state: elsewhere, ecr: kmsAndLog }))],
] as const;

const stackOf = (id: string) => new TerraformStack(new App(), id);

test.each(apps)(
  "every output that a stack of %s reads is published in the state that it reads",
  (_, stacks) => {
    const readings = readingsIn(stacks);

    expect(readings).not.toEqual([]);
    for (const reading of readings) {
      const published = writersOf(reading, stacks).map((name) => Object.keys(stacks[name]?.["output"] ?? {}));
      expect([reading, published]).toEqual([reading, [expect.arrayContaining([reading.output])]]);
    }
  },
);

test.each(apps)(
  "a compute stack of %s reads the keys of its own environment and nothing else",
  (_, stacks) => {
    const pairs = readingsIn(stacks).map((reading) => [reading.reader, ...writersOf(reading, stacks)]);

    for (const [reader, ...writers] of pairs)
      expect([reader, writers]).toEqual([reader, [reader?.replace(/^compute-/, "security-")]]);
  },
);

test("a production environment with logs reads every output of the contract", () => {
  const outputs = readingsIn(apps[0][1])
    .filter(({ reader }) => reader === "compute-prod")
    .map(({ output }) => output);

  expect(outputs.toSorted()).toEqual(Object.keys(securityContract).toSorted());
});

test.each(apps)("every security stack of %s publishes the whole contract, described", (_, stacks) => {
  const published = Object.entries(stacks)
    .filter(([name]) => name.startsWith("security-"))
    .map(([, json]) =>
      Object.fromEntries(
        Object.entries<{ description: string }>(json["output"]).map(([name, { description }]) => [
          name,
          description,
        ]),
      ),
    );

  expect(published).not.toEqual([]);
  for (const outputs of published) expect(outputs).toEqual(securityContract);
});

test("a reader names the bucket, the key, the Region and the encryption key of the writer's state", () => {
  const stacks = apps[2][1];

  const place = {
    bucket: "acme-tfstate",
    key: "teams/b/security-test/terraform.tfstate",
    region: "eu-central-1",
    encrypt: true,
    kms_key_id: keyArn,
  };
  expect(stacks["compute-test"]?.["data"].terraform_remote_state.security.config).toEqual(place);
  expect(stacks["security-test"]?.["terraform"].backend.s3).toEqual({ ...place, use_lockfile: true });
});

test("fails when an output of a contract gets no value", () => {
  const contract: Contract = { key: "A key", queue: "A queue" };

  expect(() =>
    publish(stackOf("security-dev"), contract, { key: "k" } as never),
  ).toThrowErrorMatchingInlineSnapshot(`[Error: security-dev publishes no value for the output queue]`);
});

test("what is published has the names, the values and the descriptions of the contract", () => {
  const stack = stackOf("security-dev");

  publish(stack, { key: "A key" }, { key: "k" });

  expect(JSON.parse(Testing.synth(stack)).output).toEqual({ key: { value: "k", description: "A key" } });
});

test("what is read are references and no values, one for each output", () => {
  const stack = stackOf("compute-dev");

  const { key, queue } = read(
    stack,
    "security",
    { key: "A key", queue: "A queue" },
    { location: { backend: "local" }, stack: "security-dev" },
  );

  publish(stack, { both: "Both" }, { both: `${key} ${queue}` });
  expect(JSON.parse(Testing.synth(stack)).output.both.value).toBe(
    "${data.terraform_remote_state.security.outputs.key} ${data.terraform_remote_state.security.outputs.queue}",
  );
});

test("a list and a map of a contract are published as such, and read as references to their values", () => {
  const contract = { subnets: listOf("Subnets"), roles: mapOf("Roles by name") };
  const writer = stackOf("security-dev");
  const reader = stackOf("compute-dev");

  publish(writer, contract, { subnets: ["a", "b"], roles: { "web-app": "r" } });
  const { subnets, roles } = read(reader, "security", contract, {
    location: { backend: "local" },
    stack: "security-dev",
  });
  new TerraformOutput(reader, "used", { value: { subnets, role: roles("web-app") }, staticId: true });

  expect(JSON.parse(Testing.synth(writer)).output).toEqual({
    subnets: { value: ["a", "b"], description: "Subnets" },
    roles: { value: { "web-app": "r" }, description: "Roles by name" },
  });
  expect(JSON.parse(Testing.synth(reader)).output.used.value).toEqual({
    subnets: "${data.terraform_remote_state.security.outputs.subnets}",
    role: '${data.terraform_remote_state.security.outputs.roles["web-app"]}',
  });
});
