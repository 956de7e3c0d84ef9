import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { addressesOf } from "../../../../scripts/states/declared";
import { minimal, only } from "../../../support/environments/minimal";
import { type StackJson, synth } from "../../../support/synth";

const options = {
  enableLambdaPull: true,
  pullRoleArns: ["arn:aws:iam::111122223333:role/puller"],
  enableReplication: true,
  replicationDestinations: [{ region: "us-west-2" }],
};

const stacksWith = (
  repositories: NonNullable<EnvironmentInput["ecr"]>["repositories"],
  publicRepositories: NonNullable<EnvironmentInput["ecr"]>["publicRepositories"],
) => synth(only({ ...minimal, ecr: { repositories, publicRepositories } }));

const before = stacksWith({ app: options, api: {} }, { cli: {} });
const after = stacksWith(
  { web: { ...options, renamedFrom: "app", name: "acme-test-app" }, api: {} },
  { tool: { renamedFrom: "cli", name: "acme-test-cli" } },
);

test.each(["compute-test", "replicas-test"])(
  "every address of %s that is gone after a new short name is moved, and nothing is new",
  (stack) => {
    const [old, current] = [before[stack], after[stack]].map((json) => addressesOf(json ?? {}));
    const moved: { from: string; to: string }[] = after[stack]?.["moved"] ?? [];

    expect(moved).not.toEqual([]);
    expect(moved.map(({ from }) => from).toSorted()).toEqual(
      old?.filter((address) => !current?.includes(address)).toSorted(),
    );
    expect(moved.map(({ to }) => to).toSorted()).toEqual(
      current?.filter((address) => !old?.includes(address)).toSorted(),
    );
  },
);

test("what AWS has stays as it is: no argument of a moved resource differs", () => {
  for (const stack of ["compute-test", "replicas-test"]) {
    const moved: { from: string; to: string }[] = after[stack]?.["moved"] ?? [];
    const argumentsOf = (json: StackJson | undefined, address: string) => {
      const [type = "", name = ""] = address.split(".");
      return JSON.stringify(json?.["resource"][type][name]);
    };
    const referring = (text: string) =>
      moved.reduce((replaced, { from, to }) => replaced.replaceAll(`${from}.`, `${to}.`), text);

    expect(moved.map(({ from }) => referring(argumentsOf(before[stack], from)))).toEqual(
      moved.map(({ to }) => argumentsOf(after[stack], to)),
    );
  }
});

test("the registry asks for the same as before", () => {
  expect(after["registry-111122223333-eu-central-1"]?.["resource"]).toEqual(
    before["registry-111122223333-eu-central-1"]?.["resource"],
  );
});
