import { describe, expect, test } from "vitest";
import { type GateName, gateNames } from "../../../../../environments/options/acknowledged-changes";
import type { Acknowledgement } from "../../../../../scripts/review/gates/acknowledgement";
import { allGates } from "../../../../../scripts/review/gates/all-gates";
import { exitCodeOf } from "../../../../../scripts/review/gates/exit-code";
import { findingsIn, type JudgedStack } from "../../../../../scripts/review/gates/findings";
import { judge } from "../../../../../scripts/review/gates/judge";
import { gatePairs } from "../../../../support/review/gate-pairs";
import { oneChange, policy, reviewed } from "../../../../support/review/one-change";

const today = "2026-11-29";

describe.each(gateNames)("%s", (gate) => {
  test("stops what it is for", () => {
    const found = gatePairs[gate].stops.map((stack) => findingsIn(stack).map((finding) => finding.gate));

    expect(found.filter((names) => !names.includes(gate))).toEqual([]);
    expect(found).not.toEqual([]);
  });

  test("finds nothing more serious than it says", () => {
    const severities = gatePairs[gate].stops
      .flatMap(findingsIn)
      .flatMap((finding) => (finding.gate === gate ? [finding.severity] : []));

    expect(severities).toContain(allGates[gate].severity);
    if (allGates[gate].severity === "risky") expect(severities).not.toContain("blocked");
  });

  test("lets everything else pass", () => {
    const found = gatePairs[gate].passes.flatMap((stack) =>
      findingsIn(stack).filter((finding) => finding.gate === gate),
    );

    expect(found).toEqual([]);
    expect(gatePairs[gate].passes).not.toEqual([]);
  });

  test("is passed with an acknowledgement of each finding", () => {
    for (const stack of gatePairs[gate].stops) {
      const { findings } = judge([stack], [], today);
      const acknowledged = findings.map((finding) => ({
        ...{ gate: finding.gate, address: finding.address, stacks: undefined },
        ...{ reason: "it was agreed", source: "--acknowledge" },
      }));
      expect(judge([stack], [], today).verdict).toBe(
        findings.some(({ severity }) => severity === "blocked") ? "blocked" : "risky",
      );
      expect(judge([stack], acknowledged, today)).toMatchObject({ verdict: "clear", problems: [] });
    }
  });
});

const loss = (stack: string) =>
  reviewed([oneChange("aws_ecr_repository.api", { name: "acme-api" }, null)], stack);
const accepted: Acknowledgement = {
  ...{ gate: "repository-loss", address: "aws_ecr_repository.api", stacks: ["compute-dev"] },
  ...{ reason: "the images moved", source: "environments/dev.ts: acknowledgedChanges[0]" },
};

test("an acknowledgement names its reason and source at the finding", () => {
  expect(judge([loss("compute-dev")], [accepted], today)).toEqual({
    verdict: "clear",
    problems: [],
    unneeded: [],
    findings: [
      {
        ...{ gate: "repository-loss", severity: "blocked", stack: "compute-dev" },
        address: "aws_ecr_repository.api",
        sentence: "acme-api (aws_ecr_repository.api) would be destroyed",
        acknowledged: {
          reason: "the images moved",
          source: "environments/dev.ts: acknowledgedChanges[0]",
        },
      },
    ],
  });
});

test.each<[string, Partial<Acknowledgement>]>([
  ["another gate", { gate: "key-loss" }],
  ["another address", { address: "aws_ecr_repository.web" }],
  ["the stack of another environment", { stacks: ["compute-prod"] }],
])("an acknowledgement with %s counts for nothing; on the command line it is a mistake", (_, other) => {
  const entry = { ...accepted, ...other, expires: "2027-01-31" };
  const inFile = judge([loss("compute-dev")], [entry], today);
  const flag = judge([loss("compute-dev")], [{ ...entry, source: "--acknowledge" }], today);

  expect(inFile).toMatchObject({ verdict: "blocked", problems: [] });
  expect(inFile.unneeded).toEqual([
    `environments/dev.ts: acknowledgedChanges[0] acknowledges ${entry.gate} at ${entry.address}, and nothing in this review needs it. Remove it if the change is deployed; it counts until 2027-01-31.`,
  ]);
  expect(flag.verdict).toBe("blocked");
  expect(flag.problems).toEqual([expect.stringContaining("copy the gate and the address from the review.")]);
});

test("a label that nothing needs any more is no mistake", () => {
  const label = { gate: "key-loss" as const, address: undefined, stacks: undefined };
  const labelled = { ...label, reason: "it was agreed", source: "label acknowledge/key-loss" };

  expect(judge([loss("compute-dev")], [labelled], today)).toMatchObject({
    problems: [],
    unneeded: [
      "label acknowledge/key-loss acknowledges key-loss, and nothing in this review needs it. Remove it if the change is made.",
    ],
  });
});

test("an expired acknowledgement counts for nothing and is reported", () => {
  const { verdict, problems } = judge([loss("compute-dev")], [{ ...accepted, expires: "2026-11-28" }], today);

  expect(verdict).toBe("blocked");
  expect(problems).toEqual([expect.stringContaining("but it expired on 2026-11-28")]);
});

const pull = { Action: "ecr:BatchGetImage" };
const other = { AWS: "arn:aws:iam::444455556666:root" };
const repositoryPolicy = (before: string, after: string) =>
  reviewed([
    oneChange(
      "aws_ecr_repository_policy.api",
      { repository: "acme-api", policy: before },
      { repository: "acme-api", policy: after },
    ),
  ]);
const nobody = policy({ ...pull, Principal: { AWS: "123456789012" } });

test.each<[string, JudgedStack, GateName]>([
  [
    "access of another account",
    repositoryPolicy(nobody, policy({ ...pull, Principal: other })),
    "outside-access",
  ],
  ["access of everyone", repositoryPolicy(nobody, policy({ ...pull, Principal: "*" })), "public-access"],
  [
    "a Deny that is removed",
    repositoryPolicy(policy({ ...pull, Effect: "Deny", Principal: "*" }), policy()),
    "permission",
  ],
  ["a policy that cannot be read", repositoryPolicy(nobody, "{"), "unreadable-policy"],
])("%s is in one gate", (_, stack, gate) => {
  const lost = findingsIn(stack).filter((finding) => finding.gate === "access-loss");
  const found = findingsIn(stack).filter((finding) => finding.gate !== "access-loss");

  expect(found.map((finding) => finding.gate)).toEqual([gate]);
  if (gate === "unreadable-policy") expect(lost).toEqual([]);
});

test("a trust policy that cannot be read does not hide what the role may do more", () => {
  const role = (assume_role_policy: string, ...managed: readonly string[]) => ({
    ...{ name: "web", assume_role_policy, managed_policy_arns: managed },
  });
  const found = findingsIn(
    reviewed([oneChange("aws_iam_role.web", role(policy()), role("{", "arn:aws:iam::aws:policy/a"))]),
  );

  expect(found.map(({ gate }) => gate)).toEqual(["unreadable-policy", "permission"]);
});

test("what is blocked as public does not hide another permission of the same policy", () => {
  const inOrganization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } };
  const mixed = policy(
    { ...pull, Principal: "*" },
    { Action: "ecr:PutImage", Principal: "*", ...inOrganization },
    { Action: "ecr:PutImage", Principal: other },
    { Action: "ecr:PutImage", Principal: { Service: "lambda.amazonaws.com" } },
  );
  const found = findingsIn(repositoryPolicy(nobody, mixed)).filter(({ gate }) => gate !== "access-loss");

  expect(found.map(({ gate, sentence }) => `${gate}: ${sentence.replace(/^.*?\): /, "")}`)).toEqual([
    "public-access: everyone gains ecr:BatchGetImage",
    "outside-access: everyone gains ecr:PutImage, if StringEquals aws:PrincipalOrgID = o-1234567890",
    "outside-access: account 444455556666 gains ecr:PutImage",
    "permission: lambda.amazonaws.com gains ecr:PutImage",
  ]);
});

test("an acknowledgement counts on its last day", () => {
  expect(judge([loss("compute-dev")], [{ ...accepted, expires: today }], today).verdict).toBe("clear");
});

test("an acknowledgement without a stack counts for none of several", () => {
  const { verdict, problems } = judge(
    [loss("compute-dev"), loss("compute-prod")],
    [{ ...accepted, stacks: undefined, source: "--acknowledge" }],
    today,
  );

  expect(verdict).toBe("blocked");
  expect(problems).toMatchInlineSnapshot(`
    [
      "--acknowledge acknowledges repository-loss at aws_ecr_repository.api, which is in compute-dev, compute-prod; name the stack: repository-loss:compute-dev/aws_ecr_repository.api=…",
    ]
  `);
});

test.each([
  ["clear", 0, 0, 0],
  ["risky", 2, 0, 0],
  ["blocked", 3, 3, 0],
] as const)("%s fails as --fail-on says", (verdict, risky, blocked, never) => {
  const judgement = { risky: verdict !== "clear", blocked: verdict === "blocked" };

  expect([
    exitCodeOf(judgement, "risky"),
    exitCodeOf(judgement, "blocked"),
    exitCodeOf(judgement, "never"),
  ]).toEqual([risky, blocked, never]);
});

const rule = "aws_vpc_security_group_ingress_rule.https";
const world = (security_group_id?: string) => ({ cidr_ipv4: "0.0.0.0/0", security_group_id });
const unknownGroup = (change: ReturnType<typeof oneChange>) => ({
  ...change,
  change: { ...change.change, after_unknown: { security_group_id: true } },
});

test.each([
  ["of a new group is risky", [unknownGroup(oneChange(rule, null, world()))], "risky"],
  ["of a group that exists is blocked", [oneChange(rule, null, world("sg-1"))], "blocked"],
  [
    "of a group that is replaced is blocked",
    [unknownGroup(oneChange(rule, null, world())), oneChange("aws_security_group.web", {}, {}, true)],
    "blocked",
  ],
])("a rule for the whole internet %s", (_, changes, severity) => {
  const exposed = findingsIn(reviewed(changes)).filter(({ gate }) => gate === "network-exposure");

  expect(exposed.map((finding) => finding.severity)).toEqual([severity]);
});

test("ECS Exec that is switched on for a service is a permission that somebody gains", () => {
  const [off, on] = [false, true].map((enable_execute_command) => ({ name: "web", enable_execute_command }));
  const found = (before: Record<string, unknown> = {}, after: Record<string, unknown> = {}) =>
    findingsIn(reviewed([oneChange("aws_ecs_service.web", before, after)]));

  expect(found(off, on)).toMatchObject([
    { gate: "permission", severity: "risky", sentence: expect.stringContaining("ecs:ExecuteCommand") },
  ]);
  expect(found(on, off)).toEqual([]);
});
