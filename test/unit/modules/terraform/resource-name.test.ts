import fc from "fast-check";
import { expect, test } from "vitest";
import { type PathPart, resourceName } from "../../../../modules/terraform/resource-name";

const fixed = (id: string, service?: string): PathPart => ({ id, chosen: false, service });
const chosen = (id: string): PathPart => ({ id, chosen: true });

test.each([
  ["aws_ecr_repository", [fixed("repositories", "ecr"), chosen("web-app"), fixed("repository")], "web-app"],
  [
    "aws_ecr_lifecycle_policy",
    [fixed("repositories", "ecr"), chosen("web-app"), fixed("lifecycle_policy")],
    "web-app",
  ],
  [
    "aws_lambda_function",
    [fixed("functions", "lambda"), chosen("lambda-processor"), fixed("function")],
    "lambda-processor",
  ],
  [
    "aws_cloudwatch_log_group",
    [fixed("functions", "lambda"), chosen("resize"), fixed("log_group")],
    "functions_resize",
  ],
  ["aws_kms_alias", [fixed("ecr_key"), fixed("alias")], "ecr_key"],
  [
    "aws_route_table",
    [fixed("vpc"), fixed("private"), fixed("us-east-1a_route_table")],
    "vpc_private_us-east-1a",
  ],
  ["aws_vpc", [fixed("vpc"), fixed("vpc")], "vpc"],
  ["aws_vpc_endpoint", [fixed("endpoints"), fixed("ecr.api")], "ecr_api_fa72877b"],
])("%s", (type, path, name) => {
  expect(resourceName(type, path)).toBe(name);
});

test.each([
  ["team/app", /^team_app_[0-9a-f]{8}$/],
  ["9lives", /^_9lives_[0-9a-f]{8}$/],
  ["_private", /^_private_[0-9a-f]{8}$/],
  ["team_app_0123abcd", /^team_app_0123abcd_[0-9a-f]{8}$/],
  ["image_processor", /^image_processor$/],
  ["repository", /^repository$/],
])("the repository %j keeps a hash only where it must", (name, expected) => {
  expect(
    resourceName("aws_ecr_repository", [fixed("repositories", "ecr"), chosen(name), fixed("repository")]),
  ).toMatch(expected);
});

/** Names that AWS accepts somewhere, and others. */
const names = fc.oneof(
  fc.stringMatching(/^[a-z0-9]+(?:[._/-][a-z0-9]+){0,3}$/),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
  fc.stringMatching(/^[a-z]{1,3}_(?:https|vpc|rule)?[0-9a-f]{0,8}$/),
  fc.string({ minLength: 1, maxLength: 12 }),
);

/** Resources of one type that a stack has for each name, by the parts after the name. */
const families = [
  { type: "aws_ecr_repository", before: [fixed("repositories", "ecr")], after: [[fixed("repository")]] },
  {
    type: "aws_vpc_security_group_egress_rule",
    before: [fixed("functions", "lambda")],
    after: [[fixed("to_https")], [fixed("to_vpc")], [fixed("https")]],
  },
  { type: "aws_iam_role", before: [fixed("ecs"), fixed("tasks")], after: [[fixed("role")]] },
] as const;

test("a name is one that Terraform accepts, and always the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...families), names, ({ type, before, after }, name) => {
      for (const rest of after) {
        const path = [...before, chosen(name), ...rest];

        expect(resourceName(type, path)).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
        expect(resourceName(type, path)).toBe(resourceName(type, path));
      }
    }),
  );
});

test("no two constructs get one name", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...families),
      fc.uniqueArray(names, { maxLength: 30 }),
      ({ type, before, after }, several) => {
        const all = several.flatMap((name) =>
          after.map((rest) => resourceName(type, [...before, chosen(name), ...rest])),
        );

        expect(new Set(all).size).toBe(all.length);
      },
    ),
    { numRuns: 500 },
  );
});
