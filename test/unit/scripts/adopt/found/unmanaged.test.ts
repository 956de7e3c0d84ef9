import { expect, test } from "vitest";
import { remedyOfType } from "../../../../../scripts/adopt/found/unmanaged";

const trust = (service: string) => ({ assume_role_policy: `{"Principal":{"Service":"${service}"}}` });

test.each([
  ["aws_kms_key", {}],
  ["aws_cloudwatch_log_group", { name: "/aws/ecr/findings" }],
  ["aws_cloudwatch_event_rule", { name: "x", event_pattern: '{"source":["aws.ecr"]}' }],
  ["aws_iam_role", trust("ecs-tasks.amazonaws.com")],
  ["aws_iam_role", trust("lambda.amazonaws.com")],
])("a %s about images is listed with what to do: %j", (type, attributes) => {
  expect(remedyOfType(type, attributes)).toMatch(/this project|security layer|its own/);
});

test.each([
  ["aws_ecs_service", {}],
  ["aws_cloudwatch_log_group", { name: "/aws/lambda/secret-decrypt" }],
  ["aws_cloudwatch_event_rule", { name: "ecr", event_pattern: '{"source":["aws.ec2"]}' }],
  ["aws_iam_role", trust("ec2.amazonaws.com")],
])("a %s that is not about images is left out: %j", (type, attributes) => {
  expect(remedyOfType(type, attributes)).toBeUndefined();
});
