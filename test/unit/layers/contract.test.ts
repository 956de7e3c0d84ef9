import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import type { Definition } from "../../../environments/environment";
import { loadEnvironments } from "../../../environments/load";
import type { EnvironmentInput } from "../../../environments/options/environment";
import type { Environment } from "../../../environments/plan/environment";
import { type Contract, listOf, mapOf, one, publish, readLayer } from "../../../layers/contract";
import { networkContract } from "../../../layers/network/network.contract";
import * as securityContracts from "../../../layers/security/security.contract";
import { kmsKeyArn, roleArn, subnetId } from "../../../layers/value-kind";
import { stateReads } from "../../../scripts/runner/state-reads";
import { guide } from "../../support/environments/guide";
import { minimal, only } from "../../support/environments/minimal";
import { withExisting } from "../../support/environments/own-network";
import { everyConsumer } from "../../support/every-consumer";
import { synth } from "../../support/synth";

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

const withSecrets = { secrets: { "db-password": {} } };

const withCaches = {
  ...kmsAndLog,
  pullThroughCache: {
    hub: { upstream: "docker-hub", credentials: "hub" },
    quay: { upstream: "quay" },
  },
} as const;

const withCredentials = { secrets: { hub: { pullThroughCache: true } } };

const described = [
  ["the environments of the guide", guide],
  ["an environment with local state", only({ ...minimal, ecr: kmsAndLog })],
  ["an environment with its state elsewhere", only({ ...minimal, state: elsewhere, ecr: kmsAndLog })],
  ["an environment with secrets", only({ ...minimal, ecr: kmsAndLog, security: withSecrets })],
  ["an environment with caches", only({ ...minimal, ecr: withCaches, security: withCredentials })],
  [
    "environments that share a registry with caches",
    {
      ...only({ ...minimal, name: "blue", ecr: withCaches, security: withCredentials }),
      ...only({ ...minimal, name: "green", ecr: withCaches, security: withCredentials }),
    },
  ],
  ["an environment with everything", only(everyConsumer)],
] as const satisfies [string, Readonly<Record<string, Definition>>][];

const apps = described.map(([name, of]) => [name, synth(of)] as const);

/** All that a layer may promise. */
const contractOf: Readonly<Record<string, Contract>> = {
  security: Object.assign({}, ...Object.values(securityContracts)),
  network: networkContract,
};

const ownNetwork = {
  kind: "own",
  cidr: "10.0.0.0/16",
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
} as const;

const cluster = {
  kubernetesVersion: "1.33",
  nodeGroups: { general: { instanceTypes: ["m7i.large"] } },
} as const;

/** Terraform JSON of the stacks that the third of these apps has. */
const stacksElsewhere = synth(described[2][1]);

const [local] = loadEnvironments(only(minimal)) as [Environment];

const stackOf = (id: string) => new TerraformStack(new App(), id);

test.each(apps)(
  "every output that a stack of %s reads is published in the state that it reads",
  (_, stacks) => {
    const reads = stateReads(stacks);

    expect(reads).not.toEqual([]);
    for (const read of reads) {
      const published = Object.keys(stacks[read.writer ?? ""]?.["output"] ?? {});
      expect([read, published]).toEqual([read, expect.arrayContaining([...read.outputs])]);
    }
  },
);

test.each(apps)("the stacks of %s read layers of their own environment or registry only", (_, stacks) => {
  for (const { reader, writer } of stateReads(stacks)) {
    const [, environment] = /^(?:compute|network)-(.*)$/.exec(reader) ?? [];
    const allowed =
      environment === undefined
        ? Object.keys(stacks).filter((name) => name.startsWith("security-"))
        : [`security-${environment}`, `network-${environment}`];
    expect(allowed).toContain(writer);
  }
});

test("a registry reads the security layer of each of its environments that has a cache", () => {
  const reads = stateReads(synth(described[5][1])).filter(({ reader }) => reader.startsWith("registry-"));

  expect(reads.map(({ writer }) => writer)).toEqual(["security-blue", "security-green"]);
});

test("a network that existed before reads nothing", () => {
  const readers = stateReads(synth(withExisting({}))).map(({ reader }) => reader);

  expect(readers).toEqual(["compute-test"]);
});

test("a production environment with logs reads every output of the keys' contract", () => {
  const [read] = stateReads(synth(guide)).filter(
    ({ reader, writer }) => reader === "compute-prod" && writer === "security-prod",
  );

  expect(read?.outputs).toEqual(expect.arrayContaining(Object.keys(securityContracts.securityContract)));
});

test.each(apps)(
  "every output of the security and network layers of %s is in a contract, besides those for users",
  (_, stacks) => {
    for (const [stack, json] of Object.entries(stacks)) {
      const contract = contractOf[stack.split("-")[0] ?? ""];
      if (contract === undefined) continue;
      const outputs: Record<string, { description: string }> = json["output"] ?? {};
      const forLayers = Object.entries(outputs).filter(
        ([name]) => !/^(?:ci|signing)_/.test(name) && name !== "contract_version",
      );

      expect(forLayers).not.toEqual([]);
      for (const [name, { description }] of forLayers) {
        expect([name, description]).toEqual([name, contract[name]?.description]);
      }
    }
  },
);

test.each([
  [false, {}],
  [false, { ecs: {}, network: ownNetwork }],
  [true, { lambda: {} }],
  [true, { eks: cluster, network: ownNetwork }],
  [true, { security: withSecrets }],
] as const)("it is %s that the contract of secrets is published with %j", (published, change) => {
  const outputs = Object.keys(
    synth(only({ ...minimal, ...(change as Partial<EnvironmentInput>) }))["security-test"]?.["output"],
  );

  expect(Object.keys(securityContracts.secretsContract).map((name) => outputs.includes(name))).toEqual([
    published,
    published,
  ]);
});

test("a reader names the bucket, the key, the Region and the encryption key of the writer's state", () => {
  const stacks = stacksElsewhere;

  const place = {
    bucket: "acme-tfstate",
    key: "teams/b/security-test/terraform.tfstate",
    region: "eu-central-1",
    encrypt: true,
    kms_key_id: keyArn,
  };
  expect(stacks["compute-test"]?.["data"].terraform_remote_state.security.config).toEqual(place);
  expect(stacks["security-test"]?.["terraform"].backend.s3).toEqual({
    ...place,
    use_lockfile: true,
    allowed_account_ids: ["111122223333"],
  });
});

test("fails when an output of a contract gets no value", () => {
  const contract: Contract = { key: one(kmsKeyArn, "A key"), queue: one(roleArn, "A queue") };

  expect(() =>
    publish(stackOf("security-dev"), contract, { key: "k" } as never),
  ).toThrowErrorMatchingInlineSnapshot(`[Error: security-dev publishes no value for the output queue]`);
});

test("what is published has the names, the values and the descriptions of the contract", () => {
  const stack = stackOf("security-dev");

  publish(stack, { key: one(kmsKeyArn, "A key") }, { key: "k" });

  expect(JSON.parse(Testing.synth(stack)).output).toEqual({ key: { value: "k", description: "A key" } });
});

test("what is read are references and no values, one for each output", () => {
  const stack = stackOf("compute-dev");

  const { key, role } = readLayer(stack, "security", local, {
    key: one(kmsKeyArn, "A key"),
    role: one(roleArn, "A role"),
  });

  publish(stack, { both: one(kmsKeyArn, "Both") }, { both: `${key} ${role}` });
  expect(JSON.parse(Testing.synth(stack)).output.both.value).toBe(
    "${data.terraform_remote_state.security.outputs.key} ${data.terraform_remote_state.security.outputs.role}",
  );
});

test("what is read is checked, once, and what is not read is not", () => {
  const stack = stackOf("compute-dev");
  const contract = { key: one(kmsKeyArn, "A key"), other: one(kmsKeyArn, "Another") };

  const values = readLayer(stack, "security", local, contract);
  const again = readLayer(stack, "security", local, { ...contract, subnets: listOf(subnetId, "Subnets") });
  expect([values.key, values.key, again.key, again.subnets]).toHaveLength(4);

  const { postcondition } = JSON.parse(Testing.synth(stack)).data.terraform_remote_state.security.lifecycle;
  const checked = postcondition.map(
    ({ condition }: { condition: string }) => /self\.outputs\.(\w+)/.exec(condition)?.[1],
  );
  expect(checked).toEqual(["contract_version", "key", "subnets"]);
});

test("a list and a map of a contract are published as such, and read as references to their values", () => {
  const contract = { subnets: listOf(subnetId, "Subnets"), roles: mapOf(roleArn, "Roles by name") };
  const writer = stackOf("security-dev");
  const reader = stackOf("compute-dev");

  publish(writer, contract, { subnets: ["a", "b"], roles: { "web-app": "r", "2nd": "s" } });
  const { subnets, roles } = readLayer(reader, "security", local, contract);
  new TerraformOutput(reader, "used", {
    value: { subnets, roles: ["web-app", "2nd"].map(roles) },
    staticId: true,
  });

  expect(JSON.parse(Testing.synth(writer)).output).toEqual({
    subnets: { value: ["a", "b"], description: "Subnets" },
    roles: { value: { "web-app": "r", "2nd": "s" }, description: "Roles by name" },
  });
  expect(JSON.parse(Testing.synth(reader)).output.used.value).toEqual({
    subnets: "${data.terraform_remote_state.security.outputs.subnets}",
    // A name that is no identifier needs the quotes.
    roles: [
      "${data.terraform_remote_state.security.outputs.roles.web-app}",
      '${data.terraform_remote_state.security.outputs.roles["2nd"]}',
    ],
  });
});
