import { expect, test } from "vitest";
import { renderReview, reviewPlan } from "../../../../scripts/review/plan-review";
import { unmovedBlock } from "../../../../scripts/review/unmoved-block";
import { planOf, realChange, reviewContext } from "../../../support/review/real-plan";

const address = "aws_ecr_repository.removed";
const plan = planOf(realChange(address));
const unmoved = [{ address, from: "compute-dev-1", to: "compute-dev-4" }];

test("a repository that another stack declares is no loss, and the deploy stops whatever its protection is", () => {
  const review = reviewPlan(plan, { ...reviewContext, unmoved });

  expect([review.losses, renderReview("compute-dev-1", review).split("\n")]).toEqual([
    [],
    [
      "Review of compute-dev-1: 0 to add, 0 to change, 1 to destroy.",
      `WARNING: ${address}: compute-dev-4 declares it now, but its state was not moved there.`,
    ],
  ]);
  expect(unmovedBlock({ name: "dev" }, "compute-dev-1", review.unmoved)).toMatchInlineSnapshot(`
    "The plan for compute-dev-1 would destroy repositories that other stacks declare now:
      aws_ecr_repository.removed -> compute-dev-4
    ecr.stateShards has changed, and the states have not followed. Move them, then rerun the command: npm run shards -- --env dev --apply"
  `);
});

test("a repository that no stack declares stays a loss", () => {
  const review = reviewPlan(plan, reviewContext);

  expect(review.losses.map((loss) => loss.address)).toEqual([address]);
  expect(unmovedBlock({ name: "dev" }, "compute-dev-1", review.unmoved)).toBeUndefined();
});

test("a policy of a role that another stack has too does not stop a deploy", () => {
  const policy = { address: "aws_iam_role_policy.puller", from: "compute-dev-1", to: "compute-dev-2" };

  expect(unmovedBlock({ name: "dev" }, "compute-dev-1", [policy])).toBeUndefined();
});
