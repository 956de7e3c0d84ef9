import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { minimal, only } from "../../../support/environments/minimal";
import { type EcrInput, withRepository } from "../../../support/environments/one-repository";

const withSignals = (ecr: EcrInput, change: Partial<EnvironmentInput> = {}) =>
  withRepository({}, { ...change, ecr });

const topicArn = "arn:aws:sns:eu-west-1:111122223333:security";

test.each<[string, EcrInput]>([
  ["alerts with every default", { alerts: {} }],
  ["a topic of the environment's account and Region", { alerts: { topicArn } }],
  ["a topic of its own with subscribers", { alerts: { emails: ["a@example.com", "b@example.com"] } }],
  ["a dashboard with logged findings", { enableScanFindingsLogging: true, enableDashboard: true }],
])("%s are accepted", (_, ecr) => {
  expect(loadEnvironments(withSignals(ecr))).toHaveLength(1);
});

test("alerts are of critical and high findings unless the file says otherwise", () => {
  const [environment] = loadEnvironments(withSignals({ alerts: {} }));

  expect(environment?.ecr.alerts).toEqual({ severities: ["CRITICAL", "HIGH"], emails: [] });
});

test("fails when the topic is in another Region", () => {
  const definitions = withSignals({ alerts: { topicArn: topicArn.replace("eu-west-1", "us-east-1") } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.alerts.topicArn: found "arn:aws:sns:us-east-1:111122223333:security"; EventBridge publishes only to topics in its own Region; use a topic in eu-west-1]`,
  );
});

test("fails when the topic is in another account", () => {
  const definitions = withSignals({ alerts: { topicArn: topicArn.replace("111122223333", "444455556666") } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.alerts.topicArn: found "arn:aws:sns:eu-west-1:444455556666:security"; EventBridge needs a role to publish to another account; use a topic in 111122223333 and subscribe to it from the other account]`,
  );
});

test.each(["security", `${topicArn}.fifo`, "arn:aws:sqs:eu-west-1:111122223333:security"])(
  "fails when the topic is given as %s, with one line",
  (wrong) => {
    expect(() => loadEnvironments(withSignals({ alerts: { topicArn: wrong } }))).toThrow(
      expect.objectContaining({
        message: `environments/test.ts: ecr.alerts.topicArn: found "${wrong}"; this must be the ARN of a standard SNS topic; use arn:aws:sns:<region>:<account>:<name>`,
      }),
    );
  },
);

test("fails when a topic of someone else gets subscribers", () => {
  const definitions = withSignals({ alerts: { topicArn, emails: ["team@example.com"] } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.alerts.emails: found ["team@example.com"]; subscriptions are managed where the topic is created; subscribe the addresses there, or remove topicArn]`,
  );
});

test("fails when an address or a severity is listed twice, or is none", () => {
  const definitions = withSignals({
    alerts: {
      emails: ["team@example.com", "team", "team@example.com"],
      severities: ["HIGH", "HIGH", "SEVERE" as never],
    },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.alerts.severities[2]: found "SEVERE"; this must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL; choose one
    environments/test.ts: ecr.alerts.severities[1]: found "HIGH"; this severity is listed twice; remove it here
    environments/test.ts: ecr.alerts.emails[1]: found "team"; this must be an email address of up to 254 characters; use an address such as team@example.com
    environments/test.ts: ecr.alerts.emails[2]: found "team@example.com"; this address is listed twice; remove it here]
  `);
});

test("fails when alerts are of no severity", () => {
  const definitions = withSignals({ alerts: { severities: [] } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.alerts.severities: found []; an empty list sends no alerts; add a severity or remove alerts]`,
  );
});

test.each<[string, EcrInput["repositories"]]>([
  ["there is no repository", {}],
  ["no repository is scanned", { app: { scanOnPush: false }, job: { scanOnPush: false } }],
])("fails when there are alerts and %s", (_, repositories) => {
  const definitions = only({ ...minimal, ecr: { alerts: {}, repositories } });

  expect(() => loadEnvironments(definitions)).toThrow(
    expect.objectContaining({
      message:
        'environments/test.ts: ecr.alerts: found {"severities":["CRITICAL","HIGH"],"emails":[]}; no repository in the environment scans images on push, so no alerts would be sent; enable scanning or remove alerts',
    }),
  );
});

test("fails when the dashboard has no findings to count", () => {
  expect(() => loadEnvironments(withSignals({ enableDashboard: true }))).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.enableDashboard: found true; the dashboard reads findings from their log group; set enableScanFindingsLogging: true]`,
  );
});

const long = { name: "n".repeat(20), project: "p".repeat(30) };

test("fails when a rule would have a name that AWS does not take", () => {
  const ecr: EcrInput = { enableScanFindingsLogging: true, enableDashboard: true, alerts: {} };
  const definitions = only({ ...minimal, ...long, ecr: { ...ecr, repositories: { app: {} } } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/nnnnnnnnnnnnnnnnnnnn.ts: name: found "nnnnnnnnnnnnnnnnnnnn"; the EventBridge rule name pppppppppppppppppppppppppppppp-nnnnnnnnnnnnnnnnnnnn-ecr-scan-findings has 69 characters, and rule names have at most 64; shorten name or project]`,
  );
});

test("long names are accepted where no rule is built from them, or a shorter one", () => {
  const definitions = (ecr: EcrInput) =>
    only({ ...minimal, ...long, ecr: { ...ecr, repositories: { app: {} } } });

  expect(loadEnvironments(definitions({}))).toHaveLength(1);
  expect(loadEnvironments(definitions({ alerts: {} }))).toHaveLength(1);
});

test("alerts are no rule of the production tier", () => {
  const production = { tier: "production" } as const;
  const definitions = withRepository(
    { imageTagMutability: "IMMUTABLE" },
    { ...production, ecr: { encryptionType: "KMS" } },
  );

  expect(loadEnvironments(definitions)[0]?.ecr.alerts).toBeUndefined();
});
