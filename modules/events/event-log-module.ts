import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { AccountRegion } from "../iam/aws-partition";
import { policyDocument } from "../iam/policy-document";
import { numberedRules } from "./numbered-rules";

export interface EventLogModuleProps {
  /** Name of the rule, up to 64 characters, e.g. `myproject-prod-ecr-scan-findings`. Further ones end with `-2` etc. */
  readonly ruleName: string;
  /** What the events are, for the description of the rule, e.g. `Scan findings of myproject-prod-*`. */
  readonly events: string;
  /** EventBridge patterns as JSON, each for a rule. No event may match two, or it is logged twice. */
  readonly eventPatterns: readonly string[];
  /** Name of the log group, under `/aws/events/`. */
  readonly logGroupName: string;
  /** One of the retention periods that CloudWatch Logs supports. */
  readonly retentionInDays: number;
  /** ARN of the KMS key that encrypts the log group. */
  readonly kmsKeyArn: string;
}

/**
 * A log group that EventBridge writes events to. EventBridge can deliver them only if the account's CloudWatch Logs
 * resource policy allows it: see {@link eventDeliveryPolicy}.
 */
export class EventLogModule extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: EventLogModuleProps) {
    super(scope, id);
    const logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: props.logGroupName,
      retentionInDays: props.retentionInDays,
      kmsKeyId: props.kmsKeyArn,
    });
    this.logGroupName = logGroup.name;
    for (const { end, name, eventPattern } of numberedRules(props.ruleName, props.eventPatterns)) {
      const rule = new CloudwatchEventRule(this, `rule${end}`, {
        name,
        description: `${props.events} to ${props.logGroupName}`,
        eventPattern,
      });
      new CloudwatchEventTarget(this, `target${end}`, { rule: rule.name, arn: logGroup.arn });
    }
  }
}

/**
 * The CloudWatch Logs resource policy that EventBridge needs. The console adds it, Terraform does not, and without it
 * no event arrives and no error is reported. An account can have ten such policies in a Region, so one covers all log
 * groups.
 *
 * Events are accepted from rules of the account and Region only. EventBridge does not name a rule when it creates a
 * log stream, so that statement has no condition.
 *
 * @param prefixes prefixes of the log group names, without the slash at the end
 * @returns the policy as JSON
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 * @see https://github.com/aws-samples/serverless-patterns/pull/618 for the two statements
 */
export function eventDeliveryPolicy(
  { partition, accountId, region }: AccountRegion,
  prefixes: readonly string[],
): string {
  const statement = {
    Effect: "Allow",
    Principal: { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] },
    Resource: prefixes.map(
      (prefix) => `arn:${partition}:logs:${region}:${accountId}:log-group:${prefix}/*:*`,
    ),
  } as const;
  return policyDocument([
    { Sid: "EventBridgeStreams", ...statement, Action: ["logs:CreateLogStream"] },
    {
      Sid: "EventBridgeDelivery",
      ...statement,
      Action: ["logs:PutLogEvents"],
      Condition: {
        ArnLike: { "aws:SourceArn": `arn:${partition}:events:${region}:${accountId}:rule/*` },
      },
    },
  ]);
}
