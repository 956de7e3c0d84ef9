import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { Environment } from "../../../../environments/plan/environment";
import { deletionBlock, protectionOverride } from "../../../../scripts/review/deletion-block";
import { reviewPlan } from "../../../../scripts/review/plan-review";
import { minimal, only } from "../../../support/environments/minimal";
import { planOf, realChange, reviewContext } from "../../../support/review/real-plan";

const environment = (change: Parameters<typeof only>[0]): Environment => {
  const [loaded] = loadEnvironments(only(change));
  if (!loaded) throw new Error("no environment was loaded");
  return loaded;
};
const protectedEnvironment = environment({ ...minimal, deletionProtection: true });
const { losses } = reviewPlan(
  planOf(realChange("aws_ecr_repository.removed"), realChange("aws_kms_key.replaced")),
  reviewContext,
);

test("with protection, the message names each loss and how to allow it", () => {
  expect(deletionBlock(protectedEnvironment, "compute-test", losses)).toBe(
    `test is protected from deletion, and the plan for compute-test would destroy or replace:
  myproject-dev-removed (aws_ecr_repository.removed)
  replaced (aws_kms_key.replaced)
To allow it, set deletionProtection: false in environments/test.ts, and rerun the command.`,
  );
});

test("in production, protection also needs an exception to be turned off", () => {
  expect(protectionOverride({ ...protectedEnvironment, tier: "production" })).toBe(
    'deletionProtection: false in environments/test.ts with a productionExceptions entry for rule "deletion-protection"',
  );
});

test("without protection or without losses, a deploy does not stop", () => {
  expect(deletionBlock(environment(minimal), "compute-test", losses)).toBeUndefined();
  expect(deletionBlock(protectedEnvironment, "compute-test", [])).toBeUndefined();
});
