import { expect, test } from "vitest";
import { stateReads } from "../../../../scripts/runner/state-reads";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { everyConsumer } from "../../../support/every-consumer";
import { type StackJson, synth } from "../../../support/synth";

const whole = synth(only(everyConsumer));
const sharded = synth(only({ ...everyConsumer, ecr: { ...everyConsumer.ecr, stateShards: 3 } }));

const shards = ["compute-full-1", "compute-full-2", "compute-full-3"];

/** Arguments by address, without metadata. */
const resourcesIn = (json: StackJson | undefined) =>
  Object.fromEntries(
    Object.entries<StackJson>(json?.["resource"] ?? {}).flatMap(([type, named]) =>
      Object.entries<StackJson>(named).map(([name, { "//": _, ...values }]) => [`${type}.${name}`, values]),
    ),
  );

test("the shards and the compute stack together have the resources of one stack, under the same addresses", () => {
  const together = [...shards, "compute-full"].map((stack) => resourcesIn(sharded[stack]));
  const addresses = together.flatMap((resources) => Object.keys(resources));

  expect(addresses.toSorted()).toEqual(Object.keys(resourcesIn(whole["compute-full"])).toSorted());
  for (const stack of shards)
    for (const [address, values] of Object.entries(resourcesIn(sharded[stack])))
      expect([address, values]).toEqual([address, resourcesIn(whole["compute-full"])[address]]);
});

test("the compute stack has no repository", () => {
  expect(
    Object.keys(sharded["compute-full"]?.["resource"]).filter((type) => type.startsWith("aws_ecr_")),
  ).toEqual([]);
});

test("the other stacks are the same, as is the registry's sum", () => {
  for (const [stack, json] of Object.entries(whole))
    if (stack !== "compute-full" && stack !== "security-full")
      expect([stack, sharded[stack]]).toEqual([stack, json]);
});

test("the outputs of all shards are merged to the same maps, and consumers read the URL of their repository", () => {
  const { output, resource, data }: StackJson = sharded["compute-full"] ?? {};

  expect(Object.keys(output)).toEqual(
    expect.arrayContaining(["ecr_repository_urls", "ecr_repository_arns", "ecr_registry_ids"]),
  );
  expect(output["ecr_repository_urls"].value).toBe(
    `\${merge(${[1, 2, 3]
      .map((number) => `data.terraform_remote_state.shard_${number}.outputs.ecr_repository_urls`)
      .join(", ")})}`,
  );
  expect(JSON.stringify(resource.aws_lambda_function)).toMatch(
    /\$\{data\.terraform_remote_state\.shard_\d\.outputs\.ecr_repository_urls\.app}[:@]/,
  );
  expect(data.terraform_remote_state.shard_1.lifecycle.postcondition[1].condition).toContain(
    "try(alltrue([for item in values(self.outputs.ecr_repository_urls) : can(regex(",
  );
});

test("the runner sees what the compute stack reads", () => {
  const read = stateReads(sharded).filter(({ reader }) => reader === "compute-full");

  expect(read.map(({ writer }) => writer)).toEqual(expect.arrayContaining(shards));
});

test("pipelines have access to the states of the shards", () => {
  const json = JSON.stringify(sharded["security-full"]);

  expect(json).toContain("/compute-full-?/terraform.tfstate");
  expect(json).not.toContain("/compute-full-1/");
  expect(JSON.stringify(whole["security-full"])).not.toContain("/compute-full-?");
});

test("fails when another environment is called like a shard", () => {
  const dev = only({ ...minimal, name: "dev", ecr: { stateShards: 2 } });
  const away = { ...minimal, accountId: "999988887777" };
  const s3 = { backend: "s3", bucket: "acme-tfstate" } as const;

  expect(problemsIn({ ...dev, ...only({ ...away, name: "dev-1" }) })).toEqual([
    'environments/dev-1.ts: name: found "dev-1"; environments/dev.ts has ecr.stateShards, so its stacks are called compute-dev-1 and so on, and its pipelines have access to their states by such names; rename one environment',
  ]);
  expect(problemsIn({ ...dev, ...only({ ...away, name: "dev-eu" }) })).toEqual([]);
  expect(
    problemsIn({
      ...only({ ...minimal, name: "dev", state: s3, ecr: { stateShards: 2 } }),
      ...only({ ...away, name: "dev-eu", state: { ...s3, createBucket: false, region: minimal.region } }),
    }),
  ).toHaveLength(1);
});
