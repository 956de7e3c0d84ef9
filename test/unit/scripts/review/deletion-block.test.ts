import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { Environment } from "../../../../environments/plan/environment";
import { deletionBlock, withoutProtection } from "../../../../scripts/review/deletion-block";
import { reviewPlan } from "../../../../scripts/review/plan-review";
import { planOf, realChange } from "../../../support/review/real-plan";
import { minimal, only } from "../../../support/synth";

const environment = (change: Parameters<typeof only>[0]): Environment => {
  const [loaded] = loadEnvironments(only(change));
  if (!loaded) throw new Error("nothing was loaded");
  return loaded;
};
const kept = environment({ ...minimal, deletionProtection: true });
const { losses } = reviewPlan(
  planOf(realChange("aws_ecr_repository.removed"), realChange("aws_kms_key.replaced")),
  { stateBucket: undefined },
);

test("a protected environment names what it would lose and how to allow it", () => {
  expect(deletionBlock(kept, "compute-test", losses)).toBe(
    `test is protected from deletion, and the plan of compute-test would destroy or replace:
  myproject-dev-removed (aws_ecr_repository.removed)
  replaced (aws_kms_key.replaced)
To allow it, write deletionProtection: false in environments/test.ts, and run the command again.`,
  );
});

test("production needs an exception as well", () => {
  expect(withoutProtection({ ...kept, tier: "production" })).toBe(
    'deletionProtection: false in environments/test.ts with a productionExceptions entry for rule "deletion-protection"',
  );
});

test("nothing stops an environment without protection, or a plan without losses", () => {
  expect(deletionBlock(environment(minimal), "compute-test", losses)).toBeUndefined();
  expect(deletionBlock(kept, "compute-test", [])).toBeUndefined();
});
