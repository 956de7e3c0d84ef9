import { expect, test } from "vitest";
import { eventDeliveryPolicy } from "../../../../modules/events/event-log-module";
import { isAllowed } from "../../../support/iam-evaluator";

const account = { partition: "aws", accountId: "111122223333", region: "eu-west-1" };
const { Statement } = JSON.parse(
  eventDeliveryPolicy(account, ["/aws/events/acme-test", "/aws/events/acme-dev"]),
);

const stream = (group: string, place = "eu-west-1:111122223333") =>
  `arn:aws:logs:${place}:log-group:${group}:log-stream:1`;
const ofRule = (place: string) => ({
  "aws:SourceArn": `arn:aws:events:${place}:rule/acme-test-ecr-scan-findings`,
});
const may = (action: string, resource: string, context = {}, Service = "events.amazonaws.com") =>
  isAllowed(Statement, { action: `logs:${action}`, resource, context, principal: { Service } });

const findings = stream("/aws/events/acme-test/ecr-scan-findings");
const own = ofRule("eu-west-1:111122223333");

test("rules of the account and Region write events to its log groups", () => {
  expect(may("PutLogEvents", findings, own)).toBe(true);
  expect(may("PutLogEvents", stream("/aws/events/acme-dev/pushes"), own, "delivery.logs.amazonaws.com")).toBe(
    true,
  );
});

test("EventBridge creates log streams, and names no rule when it does", () => {
  expect(may("CreateLogStream", findings)).toBe(true);
});

test.each([
  ["a rule of another account", findings, ofRule("eu-west-1:999988887777")],
  ["a rule of another Region", findings, ofRule("us-east-1:111122223333")],
  ["no rule", findings, {}],
  ["a rule, to another log group", stream("/aws/lambda/acme-test-web"), own],
  ["a rule, to log groups of another environment", stream("/aws/events/acme-test2/pushes"), own],
])("events of %s are not written", (_, resource, context) => {
  expect(may("PutLogEvents", resource, context)).toBe(false);
});

test("no other service writes or creates streams", () => {
  expect(may("PutLogEvents", findings, own, "lambda.amazonaws.com")).toBe(false);
  expect(may("CreateLogStream", findings, {}, "lambda.amazonaws.com")).toBe(false);
  expect(may("DeleteLogStream", findings, own)).toBe(false);
});
