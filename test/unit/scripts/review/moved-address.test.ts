import { expect, test } from "vitest";
import { movedIn } from "../../../../scripts/review/moved-address";
import { renderReview, reviewPlan } from "../../../../scripts/review/plan-review";
import { asText } from "../../../../scripts/review/report/as-text";
import { reportOn } from "../../../../scripts/review/report/compared-revisions";
import { reportOnPlans } from "../../../../scripts/review/report/plans";
import type { ResourceChange } from "../../../../scripts/review/terraform-plan";
import { oneChange } from "../../../support/review/one-change";
import { planOf, reviewContext } from "../../../support/review/real-plan";

/** As Terraform 1.11.4 writes it for a `moved` block. */
function moves(address: string, from: string, change: ResourceChange = oneChange(address, {}, {})) {
  return { ...change, address, previous_address: from };
}

const kept = (address: string, from: string): ResourceChange => {
  const same = oneChange(address, { name: "acme-app" }, { name: "acme-app" });
  return moves(address, from, { ...same, change: { ...same.change, actions: ["no-op"] } });
};

const plan = planOf(
  kept("aws_ecr_repository.web", "aws_ecr_repository.app"),
  kept("aws_ecr_lifecycle_policy.web", "aws_ecr_lifecycle_policy.app"),
  oneChange("aws_ecr_repository.api", null, { name: "acme-api" }),
);

test("a deploy counts what moves to another address", () => {
  const text = (changes: typeof plan) => renderReview("compute-dev", reviewPlan(changes, reviewContext));

  expect(text(plan)).toBe(
    "Review of compute-dev: 1 to add, 0 to change, 0 to destroy, 2 to move to a new address.",
  );
  expect(text(planOf(kept("aws_ecr_repository.web", "aws_ecr_repository.app")))).toBe(
    "Review of compute-dev: 1 to move to a new address.",
  );
});

test("what is moved and replaced is still a loss", () => {
  const change = oneChange("aws_ecr_repository.web", { name: "acme-app" }, { name: "acme-web" });
  const replaced = { ...change, change: { ...change.change, actions: ["delete", "create"] } };

  const review = reviewPlan(
    planOf(moves("aws_ecr_repository.web", "aws_ecr_repository.app", replaced)),
    reviewContext,
  );
  expect([review.moved.length, review.losses.length]).toEqual([1, 1]);
});

test("a resource that stays at its address is not moved", () => {
  expect(movedIn(planOf(kept("aws_ecr_repository.web", "aws_ecr_repository.web")))).toEqual([]);
});

test("a report of plans says what moves, and that nothing else happens", () => {
  const report = reportOnPlans(
    [{ stack: "compute-dev", plan, context: reviewContext, repositories: [], waits: [], blocks: [] }],
    { base: "AWS", head: "files" },
  );

  expect(asText(report)).toMatchInlineSnapshot(`
    "No risks found: 2 to move to another address, 1 to create in 1 stack.
    AWS -> files

    Stacks
    ┌─────────────┬─────────┬────────┬────────┬─────────┬────────┬──────┐
    │ stack       │ status  │ create │ update │ replace │ delete │ move │
    │ compute-dev │ changed │ 1      │ 0      │ 0       │ 0      │ 2    │
    └─────────────┴─────────┴────────┴────────┴─────────┴────────┴──────┘

    Moved to another address
    compute-dev: aws_ecr_repository.app -> aws_ecr_repository.web
    compute-dev: aws_ecr_lifecycle_policy.app -> aws_ecr_lifecycle_policy.web

    Created
    compute-dev: acme-api (aws_ecr_repository.api)

    These are Terraform's plans for the states and AWS as they are now. Sensitive values are not shown.
    "
  `);
});

test("a report of two revisions says the same of a moved block", () => {
  const repository = (name: string) => ({ aws_ecr_repository: { [name]: { name: "acme-app" } } });
  const report = reportOn(
    { "compute-dev": { resource: repository("app") } },
    {
      "compute-dev": {
        resource: repository("web"),
        moved: [{ from: "aws_ecr_repository.app", to: "aws_ecr_repository.web" }],
      },
    },
    { base: "main", head: "renamed" },
  );

  expect(asText(report)).toMatchInlineSnapshot(`
    "No risks found: 1 to move to another address in 1 stack.
    main -> renamed

    Stacks
    ┌─────────────┬─────────┬────────┬────────┬─────────┬────────┬──────┐
    │ stack       │ status  │ create │ update │ replace │ delete │ move │
    │ compute-dev │ changed │ 0      │ 0      │ 0       │ 0      │ 1    │
    └─────────────┴─────────┴────────┴────────┴─────────┴────────┴──────┘

    Moved to another address
    compute-dev: aws_ecr_repository.app -> aws_ecr_repository.web

    This compares what two revisions declare, without AWS and without the state. Values that AWS chooses, such as ARNs, are unknown; Terraform's plan decides.
    "
  `);
});
