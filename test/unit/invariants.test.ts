import { expect, test } from "vitest";
import { definitions } from "../../environments/all";
import { loadProject } from "../../environments/load";
import type { Statement } from "../../modules/iam/policy-document";
import { allStacks, breaking, type Resource, resources, resourcesIn } from "../support/all-stacks";
import { expression } from "../support/every-consumer";
import { like } from "../support/iam-evaluator";
import { type StackJson, synthProject } from "../support/synth";

type Stacks = Readonly<Record<string, StackJson>>;

/** Stack of another layer of the same environment, e.g. `security-dev` of `compute-dev`. */
const sibling = (stacks: Stacks, stack: string, layer: string): StackJson =>
  stacks[stack.replace(/^[a-z]+/, layer)] ?? {};

/** Statements of the key that an argument names by an output of the security layer. */
function keyBehind(stacks: Stacks, { stack }: Resource, reference: string): readonly Statement[] {
  const [, output = ""] = /\.security\.outputs\.(\w+)\}$/.exec(reference) ?? [];
  const security = sibling(stacks, stack, "security");
  const [, name = ""] = /aws_kms_key\.([\w-]+)\.arn/.exec(security["output"]?.[output]?.value ?? "") ?? [];
  return security["resource"]?.aws_kms_key?.[name]?.policy.Statement ?? [];
}

test("the stacks of the tests have log groups of every kind", () => {
  expect(resources("aws_cloudwatch_log_group").length).toBeGreaterThan(10);
});

test.each([
  ["the tests", allStacks],
  ["the user", synthProject(loadProject(definitions))],
])("every log group of %s is among those that the policy of its key names", (_, stacks) => {
  const groups = resourcesIn(stacks, "aws_cloudwatch_log_group");

  expect(
    breaking(groups, (group) => {
      const { name, kms_key_id } = group.arguments;
      const patterns = keyBehind(stacks, group, kms_key_id).flatMap(
        ({ Condition }) => Condition?.["ArnLike"]?.["kms:EncryptionContext:aws:logs:arn"] ?? [],
      );
      const suffixes = patterns.map((pattern) => pattern.split(":log-group:")[1] ?? "");
      return suffixes.some((pattern) => like(pattern, name));
    }),
  ).toEqual([]);
});

test("the policy of the key names no log group that is not there, but for those that can be added", () => {
  const keys = resources("aws_kms_key");
  const named = keys.flatMap(({ stack, arguments: { policy } }) =>
    (policy.Statement as Statement[])
      .flatMap(({ Condition }) => Condition?.["ArnLike"]?.["kms:EncryptionContext:aws:logs:arn"] ?? [])
      .map((pattern) => [stack, pattern.split(":log-group:")[1] ?? ""] as const),
  );
  const groups = resources("aws_cloudwatch_log_group");
  const idle = named.filter(([, pattern]) => !groups.some(({ arguments: { name } }) => like(pattern, name)));

  expect(idle).toEqual([["security-dev", "/aws/events/myproject-dev/*"]]);
});

test("a text of a file is never an expression of Terraform", () => {
  const written = JSON.stringify(allStacks);

  expect(written.split(expression.replace("${", "$${").replace("%{", "%%{"))).toHaveLength(11);
  expect(written).not.toMatch(/(?<!\$)\$\{user\.text\}|(?<!%)%\{if\}/);
});
