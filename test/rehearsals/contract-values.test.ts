import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadProject } from "../../environments/load";
import { versionOutput } from "../../layers/contract-version";
import { contracts } from "../../scripts/ecr/doctor/contracts";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { only } from "../support/environments/minimal";
import { everyConsumer } from "../support/every-consumer";
import { type StackJson, synth } from "../support/synth";

const account = "222233334444";
const key = `arn:aws:kms:eu-central-1:${account}:key/0543c23a-d963-4704-92f1-d54b662f67d8`;
const role = (name: string) => `arn:aws:iam::${account}:role/acme/full/acme-full-${name}`;
const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:${account}:secret:${name}-a1B2c3`;

/** What the layers publish, by stack and output. */
const published = {
  "security-full": {
    contract_version: 1,
    ecr_kms_key_arn: key,
    logs_kms_key_arn: key,
    secrets_kms_key_arn: key,
    secret_arns: {
      "db-password": secret("acme-full/db-password"),
      "docker-hub": secret("ecr-pullthroughcache/acme-full-docker-hub"),
    },
    ecr_template_role_arn: role("ecr-template"),
    ecs_execution_role_arn: role("ecs-execution"),
    ecs_task_role_arns: Object.fromEntries(
      ["web", "worker", "proxy", "shared", "report", "cleanup"].map((name) => [name, role(name)]),
    ),
    ecs_schedule_role_arns: { report: role("ecs-schedule-report"), cleanup: role("ecs-schedule-cleanup") },
    lambda_role_arns: { resize: role("lambda-resize") },
    eks_cluster_role_arn: role("eks"),
    eks_node_role_arn: role("eks-node"),
    eks_pod_execution_role_arn: role("eks-pods"),
    eks_pod_role_arns: { api: role("eks-pod-api") },
    eks_auto_node_role_arn: role("eks-auto"),
  },
  "network-full": {
    contract_version: 1,
    vpc_id: "vpc-0123456789abcdef0",
    vpc_cidr_block: "10.40.0.0/16",
    private_subnet_ids: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    public_subnet_ids: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
  },
};

type Value = unknown;

/** Wrong values of each kind, instead of the right one. A map has one in each entry, a list as its second. */
const foreign: Readonly<Record<string, string>> = {
  key: key.replace(account, "999999999999"),
  role: role("x").replace("/acme/full/", "/"),
  secret: secret("other-full/db-password"),
  vpc: "subnet-0123456789abcdef0",
  subnet: "vpc-0123456789abcdef0",
  cidr: "0.0.0.0/0",
};
const malformed: Readonly<Record<string, string>> = {
  key: "alias/foo",
  role: "acme-full-web",
  secret: secret("acme-full/db-password").replace("-a1B2c3", ""),
  vpc: "vpc-xyz",
  subnet: "subnet-0123456789abcdef0 ",
  cidr: "10.999.0.0/16",
};

function kindOf(output: string): string {
  if (output === "vpc_id") return "vpc";
  if (output === "vpc_cidr_block") return "cidr";
  return /(key|role|secret|subnet)_(?:arns?|ids)$/.exec(output)?.[1] ?? "";
}

/** A value's type as a state has it. */
function typeOf(value: Value): unknown {
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (typeof value !== "object" || value === null) return typeof value === "number" ? "number" : "string";
  return ["object", Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typeOf(inner)]))];
}

/** Every value replaced. */
const replaced = (replace: (output: string) => Value, shape: "inside" | "whole") =>
  Object.fromEntries(
    Object.entries(published).map(([stack, outputs]) => [
      stack,
      Object.fromEntries(
        Object.entries(outputs).map(([name, value]) => {
          if (name === versionOutput) return [name, value];
          const wrong = replace(name);
          if (shape === "whole" || typeof value === "string") return [name, wrong];
          if (Array.isArray(value)) return [name, [value[0], wrong]];
          return [name, Object.fromEntries(Object.keys(value).map((entry) => [entry, wrong]))];
        }),
      ),
    ]),
  );

/** The states of the layers, and of the stacks that read them no more than what they read: no AWS provider is needed. */
describeWithTerraform("values of a contract", () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  // Pipelines cannot reach a local state.
  const definitions = only({
    ...everyConsumer,
    state: { backend: "local" },
    security: { secrets: everyConsumer.security?.secrets },
  });
  const stacks = synth(definitions);
  const readers = ["network-full", "registry-222233334444-eu-central-1", "compute-full"];

  beforeAll(async () => {
    mkdirSync(join(folder, ".terraform-state"));
    for (const reader of readers) {
      const place = join(folder, "cdktf.out/stacks", reader);
      mkdirSync(place, { recursive: true });
      const { terraform_remote_state } = (stacks[reader] as StackJson)["data"];
      writeFileSync(join(place, "cdk.tf.json"), JSON.stringify({ data: { terraform_remote_state } }));
      expect((await terraform(reader, "init")).code).toBe(0);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const terraform = (stack: string, command: string): Promise<{ code: number | null; stderr: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn("terraform", [`-chdir=cdktf.out/stacks/${stack}`, command, "-no-color"], {
        cwd: folder,
        env: { ...process.env, CHECKPOINT_DISABLE: "1" },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stderr }));
    });

  function publish(values: Readonly<Record<string, Readonly<Record<string, Value>>>>): void {
    for (const [stack, outputs] of Object.entries(values))
      writeFileSync(
        join(folder, ".terraform-state", `${stack}.tfstate`),
        JSON.stringify({
          ...{ version: 4, terraform_version: "1.11.4", serial: 1, lineage: "l", resources: [] },
          outputs: Object.fromEntries(
            Object.entries(outputs)
              .filter(([, value]) => value !== undefined)
              .map(([name, value]) => [name, { value, type: typeOf(value) }]),
          ),
        }),
      );
  }

  /** What Terraform says about each value, by the value's expression. */
  async function refusals(): Promise<Record<string, string>> {
    const ran = await Promise.all(readers.map((reader) => terraform(reader, "plan")));
    const errors = ran.flatMap(({ stderr }) => stderr.split(/^Error: /m).slice(1));
    return Object.fromEntries(
      errors.map((error) => {
        const sentence = error.trimEnd().split("\n\n").at(-1)?.replaceAll("\n", " ") ?? "";
        return [sentence.slice(0, sentence.indexOf(" ")), sentence];
      }),
    );
  }

  /** What `doctor` says about each value of the states that were published last. */
  async function told(): Promise<string[]> {
    const states = {
      outputsOf: async ({ stack }: { readonly stack: string }) => {
        const { outputs } = JSON.parse(
          readFileSync(join(folder, ".terraform-state", `${stack}.tfstate`), "utf8"),
        ) as { outputs: Record<string, { value: Value }> };
        return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
      },
    };
    const project = loadProject(definitions, {});
    const [environment] = project.environments;
    if (environment === undefined) throw new Error("no environment");
    const found = await contracts(environment, project, states);
    return found.filter(({ state }) => state === "problem").map(({ text }) => text);
  }

  /** Every value that a stack reads. */
  const readValues = Object.entries(published)
    .flatMap(([, { contract_version: _, ...outputs }]) =>
      Object.entries(outputs).flatMap(([name, value]) =>
        typeof value === "string" || Array.isArray(value)
          ? [name]
          : Object.keys(value).map((entry) => `${name}["${entry}"]`),
      ),
    )
    .toSorted();

  test("what the layers publish is accepted", async () => {
    publish(published);

    for (const reader of readers) expect((await terraform(reader, "plan")).code).toBe(0);
    // Only the stack of the replicas, which Terraform does not plan here, lacks something.
    expect(await told()).toEqual([
      expect.stringContaining("replicas-full would read: replica_kms_key_arns["),
    ]);
  });

  test.each<[string, (output: string) => Value, "inside" | "whole"]>([
    ["empty", () => "", "inside"],
    ["null", () => null, "inside"],
    ["null as a whole", () => null, "whole"],
    ["an empty list", () => [], "whole"],
    ["an object", () => ({}), "whole"],
    ["a number", () => 1, "inside"],
    ["foreign", (output) => foreign[kindOf(output)], "inside"],
    ["malformed", (output) => malformed[kindOf(output)], "inside"],
  ])(
    "a value that is %s is refused, each by its name, and doctor says the same",
    async (_, replace, shape) => {
      publish(replaced(replace, shape));

      expect(Object.keys(await refusals()).toSorted()).toEqual(readValues);
      const sentences = (await told()).join("; ");
      expect(readValues.filter((value) => !sentences.includes(` ${value} is `))).toEqual([]);
    },
  );

  test.each([
    ["an older version", 0],
    ["no version", undefined],
    ["a version that is no number", "one"],
    ["null", null],
  ])("a layer that was deployed with %s is refused, with the layer to deploy first", async (_, version) => {
    publish({ ...published, "security-full": { ...published["security-full"], contract_version: version } });

    const found = version === undefined ? "missing" : JSON.stringify(version);
    expect(Object.values(await refusals())).toEqual([
      `contract_version of security-full is ${found}; this stack reads version 1 or later; deploy that layer again: npm run deploy -- full --layer security`,
    ]);
  });

  test("a layer that was deployed with a later version is accepted", async () => {
    publish({ ...published, "security-full": { ...published["security-full"], contract_version: 2 } });

    expect(await refusals()).toEqual({});
  });

  test("the refusal says what was found, what it must be, and what to do", async () => {
    publish({
      "security-full": { ...published["security-full"], ecr_kms_key_arn: "alias/foo", lambda_role_arns: {} },
      "network-full": { ...published["network-full"], private_subnet_ids: [] },
    });

    expect(Object.values(await refusals()).toSorted()).toMatchInlineSnapshot(`
      [
        "ecr_kms_key_arn of security-full is "alias/foo"; this must be the ARN of a KMS key, arn:aws:kms:eu-central-1:222233334444:key/<id>; deploy that layer again: npm run deploy -- full --layer security",
        "lambda_role_arns["resize"] of security-full is missing; this must be the ARN of a role, arn:aws:iam::222233334444:role/acme/full/<name>; deploy that layer again: npm run deploy -- full --layer security",
        "private_subnet_ids of network-full is []; this must be a list of at least one value, each the ID of a subnet, subnet-<hexadecimal digits>; deploy that layer again: npm run deploy -- full --layer network",
      ]
    `);
  });
});
