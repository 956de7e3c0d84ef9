import { expect, test } from "vitest";
import { type EventKind, eventKinds, loggedKinds, strangers } from "../ecr/event-kinds";
import { instanceFinding } from "../ecr-events";
import { matchesEvent } from "../event-pattern";
import type { EmulatedAccount } from "./emulated-account";

const findingsGroup = "/aws/events/myproject-prod/ecr-scan-findings";
const pushesGroup = "/aws/events/myproject-prod/ecr-image-pushes";
const topic = "arn:aws:sns:us-east-1:987654321098:myproject-prod-ecr-alerts";
const groupArn = (name: string) => `arn:aws:logs:us-east-1:987654321098:log-group:${name}`;

/** Days that each log group of the environment keeps, in the order of their names. */
const retention = {
  "/aws/ecs/containerinsights/myproject-prod/performance": 365,
  [pushesGroup]: 90,
  [findingsGroup]: 90,
  "/aws/lambda/myproject-prod-lambda-processor": 365,
  "/aws/vpc/myproject-prod/flow-logs": 365,
  "/ecs/myproject-prod/api-service": 365,
  "/ecs/myproject-prod/web-app": 365,
};

/** What each rule of the environment lets through. */
const wanted: Record<string, EventKind[]> = {
  "myproject-prod-ecr-alerts": ["critical finding", "high finding"],
  "myproject-prod-ecr-image-pushes": ["push"],
  "myproject-prod-ecr-scan-findings": loggedKinds,
};

/** Tests of what the production environment reports, once it is deployed. */
export function testSignals(deployed: () => EmulatedAccount): void {
  test("findings, pushes and alerts have rules whose targets may be written to", async () => {
    const { aws } = deployed();

    const rules = await aws.eventRules();

    expect(Object.keys(rules).toSorted()).toEqual(Object.keys(wanted));
    expect(Object.entries(rules).map(([name, { targets }]) => [name, targets.map(({ Arn }) => Arn)])).toEqual(
      expect.arrayContaining([
        ["myproject-prod-ecr-alerts", [topic]],
        ["myproject-prod-ecr-image-pushes", [groupArn(pushesGroup)]],
        ["myproject-prod-ecr-scan-findings", [groupArn(findingsGroup)]],
      ]),
    );
    expect(await aws.logResourcePolicies()).toEqual([
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "EventBridgeStreams",
            Effect: "Allow",
            Principal: { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] },
            Action: ["logs:CreateLogStream"],
            Resource: ["arn:aws:logs:us-east-1:987654321098:log-group:/aws/events/myproject-prod/*:*"],
          },
          {
            Sid: "EventBridgeDelivery",
            Effect: "Allow",
            Principal: { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] },
            Action: ["logs:PutLogEvents"],
            Resource: ["arn:aws:logs:us-east-1:987654321098:log-group:/aws/events/myproject-prod/*:*"],
            Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:us-east-1:987654321098:rule/*" } },
          },
        ],
      },
    ]);
  });

  test("each rule lets through every kind of event that it is for, of its repositories, and nothing else", async () => {
    const { aws } = deployed();

    for (const [rule, { pattern }] of Object.entries(await aws.eventRules())) {
      const passing = async (repository: string) => {
        const kinds: string[] = [];
        for (const [kind, event] of Object.entries(eventKinds)) {
          const passes = await aws.matches(pattern, event(repository));
          expect(matchesEvent(pattern, event(repository)), `${rule}: ${kind}`).toBe(passes);
          if (passes) kinds.push(kind);
        }
        return kinds;
      };
      expect(await passing("myproject-prod-web-app"), rule).toEqual(wanted[rule]);
      for (const stranger of strangers) expect(await passing(stranger), rule).toEqual([]);
      expect(await aws.matches(pattern, instanceFinding), rule).toBe(false);
    }
  });

  test("all log groups and the topic are encrypted with the logs key, which EventBridge may use", async () => {
    const { aws, signals } = deployed();

    const key = await aws.key("alias/myproject-prod-logs");

    expect(await aws.logGroups()).toEqual(
      Object.entries(retention).map(([logGroupName, retentionInDays]) => ({
        logGroupName,
        retentionInDays,
        kmsKeyId: key.Arn,
      })),
    );
    expect(await signals.topics()).toEqual({
      [topic]: {
        key: key.Arn,
        policy: {
          Version: "2012-10-17",
          Statement: [
            expect.objectContaining({
              Effect: "Allow",
              Principal: { Service: "events.amazonaws.com" },
              Action: ["sns:Publish"],
              Resource: topic,
            }),
            expect.objectContaining({
              Effect: "Deny",
              Action: ["sns:Publish"],
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            }),
          ],
        },
      },
    });
    expect(key.policy.Statement).toContainEqual(
      expect.objectContaining({
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      }),
    );
  });

  test("alerts are readable messages", async () => {
    const { targets } = (await deployed().aws.eventRules())["myproject-prod-ecr-alerts"] ?? {};

    expect(targets?.[0]?.InputTransformer).toMatchObject({
      InputPathsMap: { severity: "$.detail.severity" },
      InputTemplate: expect.stringMatching(/^"<severity> finding in an image of <repository>: /),
    });
  });

  test("every metric of the dashboard is one of AWS or counted from logged events", async () => {
    const { signals } = deployed();

    const counted = [
      ...(await signals.countedMetrics(pushesGroup)),
      ...(await signals.countedMetrics(findingsGroup)),
    ];
    const dashboards = await signals.dashboards();

    expect(counted).toEqual([
      "myproject-prod/ECR ImagePushes RepositoryName",
      "myproject-prod/ECR ActiveFindings Severity",
      ...["CRITICAL", "HIGH", "INFORMATIONAL", "LOW", "MEDIUM"].map(
        (severity) => `myproject-prod/ECR ScanFindings-${severity}`,
      ),
    ]);
    expect(Object.keys(dashboards)).toEqual(["myproject-prod-ecr"]);
    const rows: unknown[][] = dashboards["myproject-prod-ecr"].flatMap(
      ({ properties }: { properties: { metrics: unknown[][] } }) => properties.metrics,
    );
    const used = rows
      .filter(([namespace]) => typeof namespace === "string")
      .map(([namespace, name]) => `${namespace} ${name}`);
    const known = [
      "AWS/ECR RepositoryPullCount",
      "AWS/Usage CallCount",
      ...counted.map((metric) => metric.split(" ").slice(0, 2).join(" ")),
    ];
    expect([...new Set(used)].toSorted()).toEqual(known.toSorted());
  });
}
