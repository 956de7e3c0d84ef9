import { expect, test } from "vitest";
import { rawValuesIn } from "../../../../environments/schema/raw-values";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/synth";

test("a value and all that it holds are found, each with its path", () => {
  expect(rawValuesIn({ a: ["x"], b: null })).toEqual([
    { path: [], value: { a: ["x"], b: null } },
    { path: ["a"], value: ["x"] },
    { path: ["a", 0], value: "x" },
    { path: ["b"], value: null },
  ]);
});

test("what stands in two places is found in both", () => {
  const shared = { a: "x" };

  expect(rawValuesIn([shared, shared]).map(({ path }) => path)).toEqual([[], [0], [0, "a"], [1], [1, "a"]]);
});

test("fails with one line when an object holds itself", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;

  expect(problemsIn(only({ ...minimal, ecr: circle as never }))).toEqual([
    'environments/test.ts: ecr.self: found {"self":"[Circular]"}; there is no such option; there are repositories, unmanagedRepositories, pullThroughCache, encryptionType, kmsKeyArn, enableScanFindingsLogging, logRetentionDays, alerts, enableDashboard',
  ]);
});

test("fails with all problems when a number is written as a big integer", () => {
  expect(problemsIn(only({ ...minimal, accountId: 123456789012n as never, tier: "prod" as never }))).toEqual([
    'environments/test.ts: accountId: found 123456789012n; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"',
    'environments/test.ts: tier: found "prod"; this must be one of development, production; choose one',
  ]);
});
