import { eventRuleName, eventRules } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { identified, repositoriesOf } from "./sections";

/** Rules for alerts, logs and the dashboard. */
export function monitoringRules(environment: UncheckedEnvironment, context: RuleContext): void {
  alertTopic(environment, context);
  somethingToReport(environment, context);
  ruleNames(environment, context);
}

/** A target is in the Region of its rule; only with a role it may be in another account. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html */
function alertTopic({ ecr, region, accountId }: UncheckedEnvironment, { problem }: RuleContext): void {
  const { topicArn, emails } = ecr?.alerts ?? {};
  const at = ["ecr", "alerts", "topicArn"];
  if (topicArn !== undefined && Array.isArray(emails) && emails.length > 0)
    problem(
      ["ecr", "alerts", "emails"],
      emails,
      "the subscriptions of a topic belong to its owner; subscribe these where the topic is made, or remove topicArn",
    );
  const [, topicRegion, topicAccount] =
    (typeof topicArn === "string" && /^arn:[^:]+:sns:([^:]+):(\d{12}):/.exec(topicArn)) || [];
  if (topicRegion !== undefined && typeof region === "string" && topicRegion !== region)
    problem(at, topicArn, `EventBridge publishes within its Region; use a topic of ${region}`);
  if (topicAccount !== undefined && typeof accountId === "string" && topicAccount !== accountId)
    problem(
      at,
      topicArn,
      `EventBridge publishes to another account only with a role; use a topic of ${accountId} and subscribe from there`,
    );
}

function somethingToReport(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const { alerts, enableDashboard, enableScanFindingsLogging } = environment.ecr ?? {};
  const scanned = repositoriesOf(environment).some(([, repository]) => repository.scanOnPush !== false);
  if (alerts !== undefined && !scanned)
    problem(
      ["ecr", "alerts"],
      alerts,
      "no repository of the environment is scanned when images are pushed, so there is nothing to alert of; scan one or remove alerts",
    );
  if (enableDashboard === true && enableScanFindingsLogging === false)
    problem(
      ["ecr", "enableDashboard"],
      enableDashboard,
      "the dashboard counts findings in their log group; set enableScanFindingsLogging: true",
    );
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const maxRuleName = 64;

function ruleNames(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const { name, ecr } = environment;
  const identity = identified(environment);
  if (identity === undefined) return;
  const used = {
    "scan-findings": ecr?.enableScanFindingsLogging === true,
    "image-pushes": ecr?.enableDashboard === true,
    alerts: ecr?.alerts !== undefined,
  };
  const tooLong = eventRules
    .filter((rule) => used[rule])
    .map((rule) => eventRuleName(identity, rule))
    .find((ruleName) => ruleName.length > maxRuleName);
  if (tooLong !== undefined)
    problem(
      ["name"],
      name,
      `the EventBridge rule ${tooLong} has ${tooLong.length} characters and AWS takes ${maxRuleName}; shorten name or project`,
    );
}
