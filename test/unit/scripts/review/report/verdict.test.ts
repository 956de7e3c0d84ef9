import { expect, test } from "vitest";
import { judged } from "../../../../../scripts/review/gates/judged-report";
import { reportOnPlans } from "../../../../../scripts/review/report/plans";
import type { ResourceChange } from "../../../../../scripts/review/terraform-plan";
import { oneChange, policy } from "../../../../support/review/one-change";
import { planOf, reviewContext } from "../../../../support/review/real-plan";

const reportOf = (...changes: ResourceChange[]) =>
  reportOnPlans(
    [
      {
        ...{ stack: "compute-dev", plan: planOf(...changes), context: reviewContext },
        ...{ repositories: [], waits: [], blocks: [] },
      },
    ],
    { base: "AWS", head: "files" },
  );
const trusted = (Principal: object) => ({
  name: "web",
  assume_role_policy: policy({ Action: "sts:AssumeRole", Principal }),
});
const other = { AWS: "arn:aws:iam::444455556666:root" };

test("access of something new is counted apart from what exists and becomes broader", () => {
  const ecs = { Service: "ecs-tasks.amazonaws.com" };
  const own = trusted(ecs);
  const textOf = (...changes: ResourceChange[]) => reportOf(...changes).verdict.text;

  expect(textOf(oneChange("aws_iam_role.web", null, trusted(other)))).toBe(
    "Risky: 1 new resource is open to others; 1 to create in 1 stack.",
  );
  expect(textOf(oneChange("aws_iam_role.web", own, trusted({ ...ecs, ...other })))).toBe(
    "Risky: 1 setting is weaker; 1 to update in 1 stack.",
  );
});

const unknown = (before: string | null): ResourceChange => {
  const known = oneChange(
    "aws_ecr_repository_policy.api",
    before === null ? null : { repository: "acme-api", policy: before },
    { repository: "acme-api" },
  );
  return { ...known, change: { ...known.change, after_unknown: { policy: true } } };
};
const accepted = {
  ...{
    gate: "unreadable-policy" as const,
    address: "aws_ecr_repository_policy.api",
    stacks: ["compute-dev"],
  },
  ...{
    reason: "the file was read",
    source: "environments/dev.ts: acknowledgedChanges[0]",
    expires: "2999-12-31",
  },
};
const flags = { acknowledge: [], labels: [] };

test("a policy that is not known yet blocks until somebody acknowledges it by name", () => {
  const report = reportOf(unknown(null));

  expect(judged(report, flags, []).verdict).toMatchObject({ blocked: true, risky: true });
  expect(judged(report, flags, [accepted]).verdict).toMatchObject({ blocked: false, risky: false });
  expect(judged(report, flags, []).gates?.findings.map(({ sentence }) => sentence)).toEqual([
    "acme-api (aws_ecr_repository_policy.api): its access cannot be judged, because the policy is known only after the apply",
  ]);
});
