import { expect, test } from "vitest";
import { stackSnapshot } from "../../../support/snapshots/stack-snapshot";

/** A policy that takes this many lines as JSON. */
const policyOf = (lines: number) => ({ Statement: Array.from({ length: lines - 4 }, (_, index) => index) });

const snapshotWith = (policy: object) =>
  stackSnapshot("security-dev", { resource: { aws_kms_key: { key: { description: "Logs", policy } } } });

test("an argument of 40 lines stands in the file of its stack", () => {
  const files = snapshotWith(policyOf(40));

  expect(Object.keys(files)).toEqual(["security-dev.json"]);
  expect(JSON.parse(files["security-dev.json"] ?? "").resource.aws_kms_key.key.policy).toEqual(policyOf(40));
});

test("a longer argument has a file of its own, and the file of its stack refers to it", () => {
  const { "security-dev.json": stack = "", ...apart } = snapshotWith(policyOf(41));

  const path = "security-dev/aws_kms_key.key.policy.json";
  expect(JSON.parse(stack).resource.aws_kms_key.key).toEqual({ description: "Logs", policy: `see ${path}` });
  expect(Object.keys(apart)).toEqual([path]);
  expect(apart[path]?.trimEnd().split("\n")).toHaveLength(41);
  expect(JSON.parse(apart[path] ?? "")).toEqual(policyOf(41));
});

test("a snapshot has no versions, so that an upgrade changes none", () => {
  const terraform = {
    backend: { local: {} },
    required_version: ">= 1.11.0",
    required_providers: { aws: {} },
  };

  const files = stackSnapshot("security-dev", { terraform });

  expect(JSON.parse(files["security-dev.json"] ?? "").terraform).toEqual({ backend: { local: {} } });
});

test.each([
  ["a list", '[{"name":"web"}]', [{ name: "web" }]],
  [
    "a list with references",
    '[{"name":"${a.b.c}","image":"$${\\"d\\"}"}]',
    [{ name: "${a.b.c}", image: '$${"d"}' }],
  ],
  ["a text if a reference in it has quotes", '[{"name":"${a.b["2nd"]}"}]', '[{"name":"${a.b["2nd"]}"}]'],
  ["a text when only Terraform can read it", '${jsonencode([{"a":1}])}', '${jsonencode([{"a":1}])}'],
])("the definitions of containers are shown as %s", (_, definitions, shown) => {
  const task = { container_definitions: definitions };

  const files = stackSnapshot("compute-dev", { resource: { aws_ecs_task_definition: { web: task } } });

  expect(JSON.parse(files["compute-dev.json"] ?? "").resource.aws_ecs_task_definition.web).toEqual({
    container_definitions: shown,
  });
});
