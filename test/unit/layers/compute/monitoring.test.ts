import { describe, expect, test } from "vitest";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";
import { type StackJson, synth } from "../../../support/synth";

const logsKey = "${data.terraform_remote_state.security.outputs.logs_kms_key_arn}";

const stacksOf = (ecr: EcrInput) => synth(only({ ...minimal, ecr: { repositories: { app: {} }, ...ecr } }));

/** Resources of a type in the compute stack. */
const resources = (ecr: EcrInput, type: string): StackJson[] =>
  Object.values(stacksOf(ecr)["compute-test"]?.["resource"][type] ?? {});

const named = (all: StackJson[], name: string) => all.find((resource) => resource["name"] === name);

const enhanced: EcrInput = { repositories: { app: { enableEnhancedScanning: true } } };

const signalTypes = /^aws_(cloudwatch|sns)_/;

test("an environment that asks for no signal has none", () => {
  const types = Object.keys(stacksOf({})["compute-test"]?.["resource"]);

  expect(types.filter((type) => signalTypes.test(type))).toEqual([]);
});

test("findings and pushes go to encrypted log groups that are kept as long as the file says", () => {
  const ecr: EcrInput = { enableScanFindingsLogging: true, enableDashboard: true, logRetentionDays: 7 };

  expect(resources(ecr, "aws_cloudwatch_log_group")).toEqual(
    ["ecr-image-pushes", "ecr-scan-findings"].map((name) => ({
      name: `/aws/events/acme-test/${name}`,
      retention_in_days: 7,
      kms_key_id: logsKey,
    })),
  );
});

describe("alerts", () => {
  test("go to a topic of the environment, encrypted with the logs key", () => {
    const ecr: EcrInput = { alerts: {} };

    expect(resources(ecr, "aws_sns_topic")).toEqual([
      { name: "acme-test-ecr-alerts", kms_master_key_id: logsKey },
    ]);
    expect(resources(ecr, "aws_cloudwatch_event_target").map(({ arn }) => arn)).toEqual([
      "${aws_sns_topic.alert.arn}",
    ]);
  });

  test("may be published by EventBridge only, and over TLS only", () => {
    const [policy] = resources({ alerts: {} }, "aws_sns_topic_policy");

    expect(policy?.["policy"].Statement).toEqual([
      {
        Sid: "PublishByEventBridge",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["sns:Publish"],
        Resource: policy?.["arn"],
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: ["sns:Publish"],
        Resource: policy?.["arn"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("reach each address", () => {
    const emails = ["team@example.com", "on-call@example.com"];

    const subscriptions = resources({ alerts: { emails } }, "aws_sns_topic_subscription");

    expect(subscriptions.map(({ protocol, endpoint }) => [protocol, endpoint]).toSorted()).toEqual(
      emails.toSorted().map((email) => ["email", email]),
    );
  });

  test("go to the topic of the file, and no other is made", () => {
    const topicArn = "arn:aws:sns:eu-west-1:111122223333:security";
    const ecr: EcrInput = { alerts: { topicArn } };

    expect(resources(ecr, "aws_cloudwatch_event_target").map(({ arn }) => arn)).toEqual([topicArn]);
    expect(resources(ecr, "aws_sns_topic")).toEqual([]);
    expect(resources(ecr, "aws_sns_topic_policy")).toEqual([]);
  });

  test.each<[string, EcrInput, string]>([
    ["basic scans", {}, "ECR Image Scan"],
    ["Amazon Inspector", enhanced, "Inspector2 Finding"],
  ])("are of %s where it scans, and of nothing else", (_, ecr, detailType) => {
    const rules = resources({ ...ecr, alerts: {} }, "aws_cloudwatch_event_rule");

    expect(rules.map(({ event_pattern }) => event_pattern["detail-type"])).toEqual([[detailType]]);
  });

  test.each<[string, EcrInput, boolean]>([
    ["an environment with a topic of its own", { alerts: {} }, true],
    [
      "an environment with a topic of someone else",
      { alerts: { topicArn: "arn:aws:sns:eu-west-1:111122223333:security" } },
      false,
    ],
    ["an environment without alerts", {}, false],
  ])("let EventBridge use the logs key in %s: %s", (_, ecr, allowed) => {
    const keys = Object.values<StackJson>(stacksOf(ecr)["security-test"]?.["resource"].aws_kms_key);
    const users = keys
      .filter(({ policy }) => JSON.stringify(policy).includes("UseByEventBridge"))
      .map(({ description }) => description);

    expect(users).toEqual(allowed ? ["Log groups and alerts of acme test"] : []);
  });
});

describe("the dashboard", () => {
  const ecr: EcrInput = { enableScanFindingsLogging: true, enableDashboard: true };

  test("shows each repository of the environment", () => {
    const repositories = { app: {}, "team/job": {} };

    const [dashboard] = resources({ ...ecr, repositories }, "aws_cloudwatch_dashboard");

    expect(dashboard?.["dashboard_name"]).toBe("acme-test-ecr");
    const widgets: StackJson[] = dashboard?.["dashboard_body"].widgets ?? [];
    const shown = widgets
      .slice(0, 2)
      .map((widget) => widget["properties"].metrics.map((metric: unknown[]) => metric[3]));
    expect(shown).toEqual(Array(2).fill(["acme-test-app", "acme-test-team/job"]));
  });

  test("counts pushes and findings in the groups that hold them, in a namespace of the environment", () => {
    const filters = resources({ ...ecr, ...enhanced }, "aws_cloudwatch_log_metric_filter");

    expect(named(filters, "ImagePushes")).toEqual({
      name: "ImagePushes",
      log_group_name: "${aws_cloudwatch_log_group.image_pushes.name}",
      pattern: '{ $.detail.action-type = "PUSH" }',
      metric_transformation: {
        name: "ImagePushes",
        namespace: "acme-test/ECR",
        value: "1",
        dimensions: { RepositoryName: "$.detail.repository-name" },
      },
    });
    expect(named(filters, "ScanFindings-CRITICAL")).toEqual({
      name: "ScanFindings-CRITICAL",
      log_group_name: "${aws_cloudwatch_log_group.scan_findings.name}",
      pattern: "{ $.detail.finding-severity-counts.CRITICAL > 0 }",
      metric_transformation: {
        name: "ScanFindings-CRITICAL",
        namespace: "acme-test/ECR",
        value: "$.detail.finding-severity-counts.CRITICAL",
      },
    });
    expect(filters.map(({ name }) => name)).toHaveLength(7);
  });

  test("counts single findings only where Amazon Inspector scans", () => {
    const names = (change: EcrInput) =>
      resources({ ...ecr, ...change }, "aws_cloudwatch_log_metric_filter").map(({ name }) => name);

    expect(names(enhanced)).toContain("ActiveFindings");
    expect(names({})).not.toContain("ActiveFindings");
  });

  test("comes with no alarm", () => {
    expect(resources(ecr, "aws_cloudwatch_metric_alarm")).toEqual([]);
  });
});
