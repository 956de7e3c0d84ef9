import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { EnvironmentInput } from "../../../../../environments/options/environment";
import { gatesText } from "../../../../../scripts/review/gates/gates-text";
import { minimal, only } from "../../../../support/environments/minimal";
import { oneChange, reviewed } from "../../../../support/review/one-change";

const entry = (address: string, expires: string) => ({
  ...{ gate: "tag-mutability" as const, address, expires },
  reason: "only developers push there",
});

function environment(acknowledgedChanges: EnvironmentInput["acknowledgedChanges"] = []) {
  const [loaded] = loadEnvironments(only({ ...minimal, acknowledgedChanges }));
  if (loaded === undefined) throw new Error("no environment was loaded");
  return loaded;
}

const mutable = (name: string) =>
  oneChange(
    `aws_ecr_repository.${name}`,
    { name: `acme-test-${name}`, image_tag_mutability: "IMMUTABLE" },
    { name: `acme-test-${name}`, image_tag_mutability: "MUTABLE" },
  );
const plan = reviewed([mutable("api"), mutable("web"), mutable("old")], "compute-test");

test("a deploy prints what the gates find, who accepts it, and entries that expired", () => {
  const entries = [
    entry("aws_ecr_repository.api", "2999-12-31"),
    entry("aws_ecr_repository.old", "2020-12-31"),
    entry("aws_ecr_repository.of-another-stack", "2999-12-31"),
  ];

  expect(gatesText(plan, environment(entries))).toMatchInlineSnapshot(`
    "Gates (docs/reference/gates.md):
      BLOCKED by tag-mutability: compute-test: acme-test-web (aws_ecr_repository.web): image_tag_mutability: "IMMUTABLE" -> "MUTABLE"; tags that were immutable can be overwritten. To accept it: tag-mutability:compute-test/aws_ecr_repository.web=reason
      BLOCKED by tag-mutability: compute-test: acme-test-old (aws_ecr_repository.old): image_tag_mutability: "IMMUTABLE" -> "MUTABLE"; tags that were immutable can be overwritten. To accept it: tag-mutability:compute-test/aws_ecr_repository.old=reason
      Acknowledged (tag-mutability): compute-test: acme-test-api (aws_ecr_repository.api): image_tag_mutability: "IMMUTABLE" -> "MUTABLE"; tags that were immutable can be overwritten. environments/test.ts: acknowledgedChanges[0]: only developers push there
      environments/test.ts: acknowledgedChanges[1] acknowledges tag-mutability at aws_ecr_repository.old, but it expired on 2020-12-31; remove it, or give it a new date."
  `);
});

test("a deploy prints nothing about gates that find nothing", () => {
  expect(gatesText(reviewed([], "compute-test"), environment())).toBe("");
});

test.each([
  ["2027-02-30", "a date has the form YYYY-MM-DD and is a day of the calendar"],
  ["31.01.2027", "a date has the form YYYY-MM-DD"],
])("fails when an entry expires on %s", (expires, message) => {
  expect(() => environment([entry("aws_ecr_repository.api", expires)])).toThrow(message);
});

test("fails when an entry has no reason, or names no gate", () => {
  const valid = entry("aws_ecr_repository.api", "2027-01-31");

  expect(() => environment([{ ...valid, reason: "ok" }])).toThrow("an acknowledged change needs a reason");
  expect(() => environment([{ ...valid, gate: "mutability" as never }])).toThrow(
    "acknowledgedChanges[0].gate",
  );
});

test("an environment's entries count only in its own stacks", () => {
  const entries = [entry("aws_ecr_repository.api", "2999-12-31")];

  expect(gatesText({ ...plan, stack: "compute-other" }, environment(entries))).not.toContain(
    "acknowledged tag",
  );
});
