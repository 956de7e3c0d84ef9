import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import type { Statement } from "../../../../modules/iam/policy-document";
import { minimal, only } from "../../../support/environments/minimal";
import { isAllowed } from "../../../support/iam-evaluator";
import { synth } from "../../../support/synth";

const root = "arn:aws:iam::111122223333:root";

/** A key of the security layer of an environment. */
function keyOf(purpose: "ecr" | "logs", change: Partial<EnvironmentInput> = {}) {
  const stack = synth(only({ ...minimal, ...change }))["security-test"];
  const keys = Object.entries<Record<string, unknown>>(stack?.["resource"].aws_kms_key);
  const [id = "", key = {}] = keys.find(([name]) => name === purpose) ?? [];
  const { Statement } = key["policy"] as { Statement: [Statement, Statement] };
  const aliases = Object.values<Record<string, unknown>>(stack?.["resource"].aws_kms_alias);
  return { id, key, aliases, statements: Statement, administration: Statement[0], use: Statement[1] };
}

/** Whether IAM's pattern of an action includes another. */
const covers = (pattern: string, action: string) =>
  new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action);

test.each(["ecr", "logs"] as const)("administrators of the %s key may not use it", (purpose) => {
  const { administration } = keyOf(purpose);

  const used = [
    "CreateGrant",
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "ReEncryptFrom",
    "ReEncryptTo",
    "Sign",
  ];
  const allowed = used.filter((action) => administration.Action.some((a) => covers(a, `kms:${action}`)));
  expect(allowed).toEqual([]);
  expect(administration.Action).not.toContain("kms:*");
});

test("the account can manage a key, so that it cannot become unmanageable", () => {
  const { administration } = keyOf("ecr");

  expect(administration).toMatchObject({ Sid: "Administration", Effect: "Allow", Principal: { AWS: root } });
  for (const action of [
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
    "kms:EnableKey",
  ])
    expect(administration.Action.filter((pattern) => covers(pattern, action))).not.toEqual([]);
});

test("any principal that IAM allows may manage a key without administrators", () => {
  expect(keyOf("ecr").administration).not.toHaveProperty("Condition");
});

test("only the administrators and root may manage a key with administrators, in whatever order", () => {
  const administrators = ["arn:aws:iam::111122223333:role/ops", "arn:aws:iam::111122223333:role/deploy"];

  const { administration } = keyOf("logs", { security: { kms: { administrators } } });

  expect(administration.Condition).toEqual({
    ArnEquals: { "aws:PrincipalArn": [root, ...administrators.toSorted()] },
  });
});

test("principals that may not manage a key may read its configuration, as a plan does", () => {
  const administrators = ["arn:aws:iam::111122223333:role/ops"];
  const { statements } = keyOf("ecr", { security: { kms: { administrators } } });
  const call = (action: string, role: string) => ({
    action: `kms:${action}`,
    principal: { AWS: root },
    context: { "aws:PrincipalArn": `arn:aws:iam::111122223333:role/${role}` },
  });

  for (const action of ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"])
    expect([action, isAllowed(statements, call(action, "plan"))]).toEqual([action, true]);
  for (const action of ["PutKeyPolicy", "TagResource", "ScheduleKeyDeletion"]) {
    expect([action, isAllowed(statements, call(action, "plan"))]).toEqual([action, false]);
    expect([action, isAllowed(statements, call(action, "ops"))]).toEqual([action, true]);
  }
});

test("the key of the images is used only through ECR of the Region", () => {
  const { statements, use } = keyOf("ecr");

  expect(statements).toHaveLength(3);
  expect(use).toMatchObject({
    Principal: { AWS: root },
    Condition: { StringEquals: { "kms:ViaService": "ecr.eu-west-1.amazonaws.com" } },
  });
});

test("the key of the logs is used only for log groups of the environment", () => {
  const { statements, use } = keyOf("logs");

  expect(statements).toHaveLength(3);
  expect(use).toMatchObject({
    Principal: { Service: "logs.eu-west-1.amazonaws.com" },
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": [
          "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/acme-test/*",
        ],
      },
    },
  });
});

test("a key is rotated, and its deletion can be canceled for as long as the file says", () => {
  const kms = { rotationPeriodInDays: 90, deletionWindowInDays: 7 };

  const { key } = keyOf("ecr", { security: { kms } });

  expect(key).toMatchObject({
    enable_key_rotation: true,
    rotation_period_in_days: 90,
    deletion_window_in_days: 7,
  });
});

test("a key has an alias that points to the key itself", () => {
  const { id, aliases } = keyOf("ecr");

  expect(aliases).toContainEqual({
    name: "alias/acme-test-ecr",
    target_key_id: `\${aws_kms_key.${id}.key_id}`,
  });
});

test("a key is protected as its environment is, at the same address", () => {
  const [free, kept] = [keyOf("ecr"), keyOf("ecr", { deletionProtection: true })];

  expect([free.key["lifecycle"], kept.key["lifecycle"]]).toEqual([
    { prevent_destroy: false },
    { prevent_destroy: true },
  ]);
  expect(kept.id).toBe(free.id);
});
