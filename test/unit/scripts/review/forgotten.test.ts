import { expect, test } from "vitest";
import { forgottenIn } from "../../../../scripts/review/forgotten";
import { renderReview, reviewPlan } from "../../../../scripts/review/plan-review";
import { asText } from "../../../../scripts/review/report/as-text";
import { reportOnPlans } from "../../../../scripts/review/report/plans";
import type { ResourceChange } from "../../../../scripts/review/terraform-plan";
import { oneChange } from "../../../support/review/one-change";
import { planOf, reviewContext } from "../../../support/review/real-plan";

/** As Terraform 1.11.4 writes it for a `removed` block with `destroy = false`. */
function forgets(address: string, name: string, actions = ["forget"]): ResourceChange {
  const gone = oneChange(address, { name }, actions.includes("create") ? { name } : null);
  return { ...gone, change: { ...gone.change, actions } };
}

const plan = planOf(
  forgets("aws_ecr_repository.web", "acme-web"),
  forgets("aws_subnet.a", "acme-a"),
  oneChange("aws_ecr_repository.api", null, { name: "acme-api" }),
);

test("a deploy says what Terraform forgets, in the counts and by name", () => {
  expect(renderReview("compute-dev", reviewPlan(plan, reviewContext))).toMatchInlineSnapshot(`
    "Review of compute-dev: 1 to add, 0 to change, 0 to destroy, 2 to forget.
    WARNING: acme-web (aws_ecr_repository.web) would be removed from the state and stay in AWS, where no stack manages it.
    WARNING: acme-a (aws_subnet.a) would be removed from the state and stay in AWS, where no stack manages it."
  `);
  expect(
    renderReview("compute-dev", reviewPlan(planOf(forgets("aws_subnet.a", "a")), reviewContext)),
  ).toContain("Review of compute-dev: 1 to forget.");
});

test("a report counts and shows what Terraform forgets", () => {
  const report = reportOnPlans(
    [{ stack: "compute-dev", plan, context: reviewContext, repositories: [], waits: [], blocks: [] }],
    { base: "AWS", head: "files" },
  );

  expect(asText(report)).toMatchInlineSnapshot(`
    "Risky: 2 resources would stay in AWS without a stack; 1 to create in 1 stack.
    AWS -> files

    Stacks
    ┌─────────────┬─────────┬────────┬────────┬─────────┬────────┬────────┐
    │ stack       │ status  │ create │ update │ replace │ delete │ forget │
    │ compute-dev │ changed │ 1      │ 0      │ 0       │ 0      │ 2      │
    └─────────────┴─────────┴────────┴────────┴─────────┴────────┴────────┘

    Left in AWS without a stack
    compute-dev: acme-web (aws_ecr_repository.web) would be removed from the state and stay in AWS, where no stack manages it.
    compute-dev: acme-a (aws_subnet.a) would be removed from the state and stay in AWS, where no stack manages it.
      To keep it in a stack, remove its removed block and restore the resource. To let Terraform delete it, set destroy = true.

    Created
    compute-dev: acme-api (aws_ecr_repository.api)

    These are Terraform's plans for the states and AWS as they are now. Sensitive values are not shown.
    "
  `);
});

test("a replacement that leaves the old resource in AWS is a replacement", () => {
  const replaced = planOf(forgets("aws_ecr_repository.web", "acme-web", ["create", "forget"]));

  expect(forgottenIn(replaced)).toEqual([]);
  expect(reviewPlan(replaced, reviewContext)).toMatchObject({
    counts: { replace: 1 },
    losses: [{ effect: "replace" }],
  });
});
