import { expect, test } from "vitest";
import { deployPermission } from "../../../../modules/ci/deploy-permission";
import { networkPermission } from "../../../../modules/ci/network-permission";
import { isAllowed } from "../../../support/iam-evaluator";
import { acmeTest as place } from "../../../support/managed-environment";

const deploy = [...deployPermission(place, { boundaryArn: "boundary" }), ...networkPermission(place)];
const byService = { "aws:ViaAWSService": "true" };
const alarm = (name: string, region = "eu-west-1", account = "111122223333") =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

const may = (resource: string, context = {}) =>
  ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"].map((action) =>
    isAllowed(deploy, { action, resource, context }),
  );

test.each([
  ["the alarms that it makes for a service", "TargetTracking-service/acme-test/web-AlarmHigh-4dfa94cf"],
  ["an alarm without a name, in its checks", ""],
  ["any alarm by name, in its checks", "*"],
])("a deployment lets Application Auto Scaling create and delete %s", (_, name) => {
  expect(may(alarm(name))).toEqual([true, true]);
});

test("a deployment lets AWS services check calls that name no resource at all", () => {
  expect(may("*", byService)).toEqual([true, true]);
  expect(may("*")).toEqual([false, false]);
  expect(may("*", { "aws:ViaAWSService": "false" })).toEqual([false, false]);
});

test.each([
  alarm("TargetTracking-service/acme-prod/web-AlarmHigh-4dfa94cf"),
  alarm("TargetTracking-service/acme-test2/web-AlarmHigh-4dfa94cf"),
  alarm("TargetTracking-table/acme-test/orders-AlarmHigh-4dfa94cf"),
  alarm("acme-prod-errors"),
  alarm("root-login"),
  alarm("", "us-east-1"),
  alarm("", "eu-west-1", "999988887777"),
])("a deployment itself cannot create or delete %s", (other) => {
  expect(may(other)).toEqual([false, false]);
});

test("scaling a service needs these permissions besides", () => {
  const context = { "aws:RequestedRegion": "eu-west-1" };
  const service = "arn:aws:ecs:eu-west-1:111122223333:service/acme-test/web";
  const target = "arn:aws:application-autoscaling:eu-west-1:111122223333:scalable-target/1";
  const calls = [
    { action: "application-autoscaling:RegisterScalableTarget", resource: target, context },
    { action: "application-autoscaling:PutScalingPolicy", resource: target, context },
    { action: "cloudwatch:DescribeAlarms", resource: "*" },
    { action: "ecs:DescribeServices", resource: service },
    { action: "ecs:UpdateService", resource: service },
    {
      action: "iam:CreateServiceLinkedRole",
      resource:
        "arn:aws:iam::111122223333:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
    },
  ];

  expect(calls.filter((call) => !isAllowed(deploy, call))).toEqual([]);
});
