import { eventRuleName, eventRules } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import { ownNames } from "../plan/repository-names";
import type { RuleContext } from "../schema/rule";
import { environmentIdOf, namingOf, repositoriesOf } from "./sections";

/** Rules for alerts, logs and the dashboard. */
export function monitoringRules(environment: UncheckedEnvironment, context: RuleContext): void {
  alertTopic(environment, context);
  alertsAndDashboard(environment, context);
  ruleNames(environment, context);
}

/** The target of a rule must be in the same Region, and in the same account unless the rule has a role. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html */
function alertTopic({ ecr, region, accountId }: UncheckedEnvironment, { problem }: RuleContext): void {
  const { topicArn, emails } = ecr?.alerts ?? {};
  const at = ["ecr", "alerts", "topicArn"];
  if (topicArn !== undefined && Array.isArray(emails) && emails.length > 0)
    problem(
      ["ecr", "alerts", "emails"],
      emails,
      "subscriptions are managed where the topic is created; subscribe the addresses there, or remove topicArn",
    );
  const [, topicRegion, topicAccount] =
    (typeof topicArn === "string" && /^arn:[^:]+:sns:([^:]+):(\d{12}):/.exec(topicArn)) || [];
  if (topicRegion !== undefined && typeof region === "string" && topicRegion !== region)
    problem(at, topicArn, `EventBridge publishes only to topics in its own Region; use a topic in ${region}`);
  if (topicAccount !== undefined && typeof accountId === "string" && topicAccount !== accountId)
    problem(
      at,
      topicArn,
      `EventBridge needs a role to publish to another account; use a topic in ${accountId} and subscribe to it from the other account`,
    );
}

function alertsAndDashboard(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const { alerts, enableDashboard, enableScanFindingsLogging } = environment.ecr ?? {};
  const scanned = repositoriesOf(environment).some(([, repository]) => repository.scanOnPush !== false);
  if (alerts !== undefined && !scanned)
    problem(
      ["ecr", "alerts"],
      alerts,
      "no repository in the environment scans images on push, so no alerts would be sent; enable scanning or remove alerts",
    );
  if (enableDashboard === true && enableScanFindingsLogging === false)
    problem(
      ["ecr", "enableDashboard"],
      enableDashboard,
      "the dashboard reads findings from their log group; set enableScanFindingsLogging: true",
    );
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const maxRuleNameLength = 64;

function ruleNames(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const { name, ecr } = environment;
  const identity = environmentIdOf(environment);
  if (identity === undefined) return;
  const used = {
    "scan-findings": ecr?.enableScanFindingsLogging === true,
    "image-pushes": ecr?.enableDashboard === true,
    alerts: ecr?.alerts !== undefined,
  };
  const naming = namingOf(environment);
  // Names that one event pattern has no space for get another, in a rule with a number.
  const end = naming !== undefined && ownNames(naming).names.length > 0 ? "-99" : "";
  const tooLong = eventRules
    .filter((rule) => used[rule])
    .map((rule) => `${eventRuleName(identity, rule)}${end}`)
    .find((ruleName) => ruleName.length > maxRuleNameLength);
  if (tooLong !== undefined)
    problem(
      ["name"],
      name,
      `the EventBridge rule name ${tooLong} has ${tooLong.length} characters, and rule names have at most ${maxRuleNameLength}; shorten name or project`,
    );
}
