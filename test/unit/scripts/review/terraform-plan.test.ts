import fc from "fast-check";
import { expect, test } from "vitest";
import {
  attributeChange,
  effectOf,
  parsePlan,
  type ResourceChange,
} from "../../../../scripts/review/terraform-plan";
import { realChange, realPlan } from "../../../support/review/real-plan";

const key = ["encryption_configuration", 0, "kms_key"];
const one = "arn:aws:kms:us-east-1:123456789012:key/0543c23a-d963-4704-92f1-d54b662f67d8";

function withChange(change: Partial<ResourceChange["change"]>, mode: ResourceChange["mode"] = "managed") {
  const { change: real, ...rest } = realChange("aws_ecr_repository.mutability");
  return { ...rest, mode, change: { ...real, ...change } };
}

test("every Terraform action maps to one effect", () => {
  const effects = Object.fromEntries(
    (realPlan.resource_changes ?? []).map((change) => [change.address, effectOf(change)]),
  );

  expect(effects).toMatchObject({
    "aws_ecr_repository.created": "create",
    "aws_ecr_repository.mutability": "change",
    "aws_ecr_repository.name_change": "replace",
    "aws_ecr_repository.removed": "destroy",
    "aws_kms_key.one": undefined,
  });
  expect(effectOf(withChange({ actions: ["create", "delete"] }))).toBe("replace");
  expect(effectOf(withChange({ actions: ["forget"] }))).toBeUndefined();
});

test("data sources have no effect", () => {
  expect(effectOf(withChange({ actions: ["read"] }, "data"))).toBeUndefined();
  expect(effectOf(withChange({ actions: ["delete"] }, "data"))).toBeUndefined();
});

test("a change shows the old and the new value", () => {
  expect(
    attributeChange(realChange("aws_ecr_repository.to_aes"), [
      "encryption_configuration",
      0,
      "encryption_type",
    ]),
  ).toBe('encryption_configuration[0].encryption_type: "KMS" -> "AES256"');
  expect(attributeChange(realChange("aws_ecr_repository.type_change"), key)).toBe(
    `encryption_configuration[0].kms_key: "" -> "${one}"`,
  );
});

test("a value known only after apply differs from a missing one", () => {
  expect(attributeChange(realChange("aws_ecr_repository.key_unknown"), key)).toBe(
    `encryption_configuration[0].kms_key: "${one}" -> (known after apply)`,
  );
  expect(attributeChange(realChange("aws_ecr_repository.removed"), ["name"])).toBe(
    'name: "myproject-dev-removed" -> null',
  );
});

test("sensitive values are not shown", () => {
  expect(attributeChange(realChange("aws_ecr_repository.key_sensitive"), key)).toBe(
    "encryption_configuration[0].kms_key: (sensitive value) -> (sensitive value)",
  );
});

test("a value is hidden if it, a part of it, or anything that contains it is marked", () => {
  const secret = "hunter2";
  const path = fc.array(fc.constantFrom<string | number>("a", "b", 0), { minLength: 1, maxLength: 4 });
  const nest = (keys: readonly (string | number)[], inner: unknown): unknown =>
    keys.reduceRight<unknown>(
      (value, step) => (typeof step === "number" ? [value] : { [step]: value }),
      inner,
    );
  fc.assert(
    fc.property(path, fc.nat(4), fc.nat(4), (full, length, markedAt) => {
      const value = nest(full, secret);
      const marks = nest(full.slice(0, markedAt), true);
      const change = withChange({
        before: value,
        after: value,
        before_sensitive: marks,
        after_sensitive: marks,
      });

      expect(attributeChange(change, full.slice(0, length))).not.toContain(secret);
    }),
  );
});

test("fails when the plan has another major version of the format", () => {
  expect(() => parsePlan('{"format_version":"2.0"}')).toThrow(
    "Plan format version 2.0 is not supported; use Terraform 1.x.",
  );
});

test("an action that no rule knows is refused, so that nobody takes it for no change", () => {
  const plan = { ...realPlan, resource_changes: [withChange({ actions: ["replace-in-place"] })] };

  expect(() => parsePlan(JSON.stringify(plan))).toThrow(
    'The plan of aws_ecr_repository.mutability has the action "replace-in-place", which the review does not know.',
  );
});
