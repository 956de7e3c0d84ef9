import { describe, expect, test } from "vitest";
import { findingsIn } from "../../../../../scripts/review/gates/findings";
import { policyArgumentOf, resourcePolicyTypes } from "../../../../../scripts/review/report/policy-arguments";
import { accountId, oneChange, policy, reviewed } from "../../../../support/review/one-change";

const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const own = { Sid: "Own", Action: "a:Read", Principal: root(accountId), Resource: "*" };
const other = { Sid: "Other", Action: "a:Read", Principal: root("444455556666"), Resource: "*" };
const everyone = { Sid: "All", Action: "a:Read", Principal: "*", Resource: "*" };
const denial = { Sid: "No", Effect: "Deny", Action: "a:Write", Principal: "*", Resource: "*" };

/** The gates that stop the change of a policy that exists, with what they block. */
function gatesOf(type: string, before: readonly object[], after: readonly object[]): string[] {
  const valuesOf = (statements: readonly object[]) => ({
    [policyArgumentOf(type)?.argument ?? ""]: policy(...statements),
  });
  return findingsIn(reviewed([oneChange(`${type}.a`, valuesOf(before), valuesOf(after))])).map(
    ({ gate, severity }) => `${severity} ${gate}`,
  );
}

// Whom a role trusts is in the gate of its own, and everybody may use a VPC endpoint.
const exceptions: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["blocked trust", "blocked trust"],
  aws_vpc_endpoint: ["blocked outside-access", "blocked outside-access"],
};

/** The losses of what environments share are in the gates of the registry. */
const shared = ["aws_ecr_registry_policy", "aws_cloudwatch_log_resource_policy"];

describe.each(resourcePolicyTypes)("%s", (type) => {
  test("another account and everyone are blocked", () => {
    const [outside = "blocked outside-access", open = "blocked public-access"] = exceptions[type] ?? [];

    expect(gatesOf(type, [own], [own, other])).toEqual([outside]);
    expect(gatesOf(type, [own], [own, everyone])).toContain(open);
  });

  test("less that is denied is found, and so is access that somebody loses", () => {
    const lost = shared.includes(type)
      ? /^(?:blocked registry-loss|risky registry-settings)$/
      : /access-loss/;

    expect(gatesOf(type, [own, denial], [own])).toEqual([
      type === "aws_iam_role" ? "blocked trust" : "risky permission",
    ]);
    expect(gatesOf(type, [own, other], [own])).toEqual([expect.stringMatching(lost)]);
  });

  test("another order is nothing", () => {
    expect(gatesOf(type, [own, other, denial], [denial, other, own])).toEqual([]);
  });
});

const queue = { queue_url: "https://sqs.us-east-1.amazonaws.com/123456789012/q" };

test("what belongs to something new is only risky, and what goes with it is nothing", () => {
  const gates = (...changes: Parameters<typeof reviewed>[0]) =>
    findingsIn(reviewed(changes)).map(({ gate, severity }) => `${severity} ${gate}`);
  const shared = { ...queue, policy: policy(other) };
  const published = { repository_name: "acme", policy: policy(other) };

  expect(gates(oneChange("aws_sqs_queue_policy.a", null, shared))).toEqual(["blocked outside-access"]);
  // The argument by which a policy names its subject is no name of the policy.
  for (const [type, argument] of [
    ["aws_ecrpublic_repository_policy", "repository_name"],
    ["aws_s3_bucket_policy", "bucket"],
    ["aws_sns_topic_policy", "arn"],
  ])
    expect(gates(oneChange(`${type}.a`, null, { [argument as string]: "a", policy: policy(other) }))).toEqual(
      ["blocked outside-access"],
    );
  expect(
    gates(
      oneChange("aws_ecrpublic_repository_policy.a", null, published),
      oneChange("aws_ecrpublic_repository.a", null, { repository_name: "acme" }),
    ),
  ).toEqual(["risky outside-access"]);
  expect(
    gates(
      oneChange("aws_sqs_queue_policy.a", shared, null),
      oneChange("aws_sqs_queue.a", { name: "q", url: queue.queue_url }, null),
    ),
  ).not.toContain("risky access-loss");
});
