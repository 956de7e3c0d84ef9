import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { Environment } from "../../../../environments/plan/environment";
import type { Stack } from "../../../../scripts/runner/stack";
import { missingUpstream, type PublishedOutputs } from "../../../../scripts/runner/upstream";
import { minimal, only } from "../../../support/environments/minimal";

const [environment] = loadEnvironments(only(minimal)) as [Environment];

const stack = (layer: Stack["layer"], reads: Stack["reads"] = []): Stack => ({
  ...{ stack: `${layer}-test`, layer, environment, directory: "", region: environment.region },
  undeclared: { repositories: [], replication: false, registryPolicy: false },
  reads,
});

const reads = [
  { reader: "compute-test", writer: "security-test", outputs: ["contract_version", "logs_kms_key_arn"] },
];

const missing = (outputs: Readonly<Record<string, unknown>>) =>
  missingUpstream(stack("compute", reads), [stack("security")], {
    of: () => Promise.resolve(outputs),
  } as unknown as PublishedOutputs);

const key = { logs_kms_key_arn: { value: "arn" } };

test.each([1, 2])("a layer that publishes what is read, with version %s, is enough", async (value) => {
  expect(await missing({ ...key, contract_version: { value } })).toEqual([]);
});

test("a layer of an earlier version of the project is to be deployed first", async () => {
  expect(await missing(key)).toEqual([
    "The compute layer reads version 1 of the outputs of security-test, which was deployed with none; deploy it first: npm run deploy -- test --layer security",
  ]);
  expect(await missing({ ...key, contract_version: { value: 0 } })).toEqual([
    "The compute layer reads version 1 of the outputs of security-test, which was deployed with version 0; deploy it first: npm run deploy -- test --layer security",
  ]);
});

test("what is missing is named, without the version", async () => {
  expect(await missing({})).toEqual([
    "The compute layer needs outputs of security-test (missing: logs_kms_key_arn); deploy it first: npm run deploy -- test --layer security",
  ]);
});
