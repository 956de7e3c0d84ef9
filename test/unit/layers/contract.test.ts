import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import { definitions } from "../../../environments/all";
import type { Definition, Environment } from "../../../environments/environment";
import { loadEnvironments } from "../../../environments/load";
import { computeInputs } from "../../../layers/compute/compute-inputs";
import { type Contract, listOf, mapOf, publish, read } from "../../../layers/contract";
import { registryInputs } from "../../../layers/registry/registry-inputs";
import { secretsContract, securityContract } from "../../../layers/security/security.contract";
import { everyConsumer } from "../../support/every-consumer";
import { readingsIn, writersOf } from "../../support/layers/remote-states";
import { minimal, only, synth } from "../../support/synth";

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
  ["the shipped environments", definitions],
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

const apps = described.map(([name, of]) => [name, synth(of), loadEnvironments(of)] as const);

/** Terraform JSON of the stacks that the third of these apps has. */
const stacksElsewhere = synth(described[2][1]);

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
  "a compute stack of %s reads layers of its own environment, and of each what its contract promises",
  (_, stacks, environments) => {
    for (const environment of environments) {
      const inputs = computeInputs(environment);
      const readings = readingsIn(stacks).filter(({ reader }) => reader === `compute-${environment.name}`);

      for (const reading of readings) {
        const promised = Object.entries(inputs).flatMap(([layer, contract]) =>
          reading.output in contract ? [`${layer}-${environment.name}`] : [],
        );
        expect([reading.output, promised]).toEqual([reading.output, writersOf(reading, stacks)]);
      }
    }
  },
);

test.each(apps)(
  "a registry stack of %s reads security layers of its environments, and of each what its contract promises",
  (_, stacks, environments) => {
    const readings = readingsIn(stacks).filter(({ reader }) => reader.startsWith("registry-"));
    const promised = new Map(
      environments.map((environment) => [`security-${environment.name}`, registryInputs(environment)]),
    );

    for (const reading of readings) {
      const [writer = "", ...others] = writersOf(reading, stacks);
      expect(others).toEqual([]);
      expect(Object.keys(promised.get(writer) ?? {})).toContain(reading.output);
    }
    const reading = new Set(readings.flatMap((one) => writersOf(one, stacks)));
    const promising = [...promised].filter(([, contract]) => Object.keys(contract).length > 0);
    expect([...reading].toSorted()).toEqual(promising.map(([stack]) => stack).toSorted());
  },
);

test("a production environment with logs reads every output of the keys' contract", () => {
  const outputs = readingsIn(synth(definitions))
    .filter(({ reader }) => reader === "compute-prod")
    .map(({ output }) => output);

  expect(outputs).toEqual(expect.arrayContaining(Object.keys(securityContract)));
});

test.each(apps)(
  "every layer of %s publishes all that others may read of it, described, and a user's outputs besides",
  (_, stacks, environments) => {
    for (const environment of environments)
      for (const [layer, read] of Object.entries(computeInputs(environment))) {
        const contract = layer === "security" ? { ...read, ...registryInputs(environment) } : read;
        const outputs: Record<string, { description: string }> =
          stacks[`${layer}-${environment.name}`]?.["output"] ?? {};
        const promised = Object.entries(contract).map(([name, output]) => [
          name,
          typeof output === "string" ? output : output.description,
        ]);
        const published = Object.keys(contract).map((name) => [name, outputs[name]?.description]);
        const unpromised = Object.keys(outputs).filter((name) => !(name in contract));

        expect(published).toEqual(promised);
        expect(unpromised.filter((name) => !name.startsWith("ci_"))).toEqual([]);
      }
  },
);

test("an environment promises the contract of secrets exactly where it holds something like them", () => {
  const [plain] = loadEnvironments(only(minimal));
  const [secret] = loadEnvironments(only({ ...minimal, security: withSecrets }));
  const promised = (environment: object) =>
    Object.keys(computeInputs({ ...plain, ...environment } as Environment).security).filter(
      (name) => name in secretsContract,
    );
  const all = Object.keys(secretsContract);

  expect(promised({})).toEqual([]);
  expect(promised({ ecs: { services: {} } })).toEqual([]);
  expect(promised({ lambda: { functions: {} } })).toEqual(all);
  expect(promised({ eks: { deployments: {} } })).toEqual(all);
  expect(promised({ security: secret?.security })).toEqual(all);
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
