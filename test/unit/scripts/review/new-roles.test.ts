import { expect, test } from "vitest";
import { reportOnPlans } from "../../../../scripts/review/report/plans";
import type { Report } from "../../../../scripts/review/report/report";
import type { ResourceChange } from "../../../../scripts/review/terraform-plan";
import { minimal, only } from "../../../support/environments/minimal";
import { everyConsumer } from "../../../support/every-consumer";
import { reportBetween, stacksOf } from "../../../support/review/edited-stacks";
import { accountId, oneChange, policy } from "../../../support/review/one-change";
import { planOf, reviewContext } from "../../../support/review/real-plan";

/** The permissions that something which exists gains. */
const broader = ({ stacks }: Report): string[] =>
  stacks.flatMap(({ access }) => access.filter(({ broadens }) => broadens).map(({ address }) => address));

test("what a layer gives to a new role of another layer is no broader permission", () => {
  const before = stacksOf(only(minimal));
  const report = reportBetween(before, { ...before, ...stacksOf(only(everyConsumer)) });

  expect(broader(report)).toEqual(["aws_ecr_registry_policy.policy"]);
  expect(report.verdict.text).toContain("1 permission is broader");
});

const role = (name: string) => oneChange(`aws_iam_role.${name}`, null, { name });
const given = (name: string) =>
  oneChange("aws_iam_role_policy.pull", null, {
    role: name,
    policy: policy({ Action: "ecr:BatchGetImage", Resource: "*" }),
  });

function reportOf(plans: Readonly<Record<string, [account: string, ...changes: ResourceChange[]]>>): Report {
  const stacks = Object.entries(plans).map(([stack, [account, ...changes]]) => ({
    ...{ stack, plan: planOf(...changes), context: { ...reviewContext, accountId: account } },
    ...{ repositories: [], waits: [], blocks: [] },
  }));
  return reportOnPlans(stacks, { base: "deployed", head: "work" });
}

test("plans of several stacks know the new roles of each other, in one account", () => {
  const pull = ["aws_iam_role_policy.pull"];

  expect(
    broader(reportOf({ security: [accountId, role("web")], registry: [accountId, given("web")] })),
  ).toEqual([]);
  expect(
    broader(reportOf({ security: [accountId, role("api")], registry: [accountId, given("web")] })),
  ).toEqual(pull);
  expect(
    broader(reportOf({ security: ["444455556666", role("web")], registry: [accountId, given("web")] })),
  ).toEqual(pull);
});
