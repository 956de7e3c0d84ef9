import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { policyDocument } from "../policy-document";
import { type ScanEventFilter, scanEventPattern } from "./scan-events";

export interface ScanFindingsLogProps {
  /** Name of the rule, e.g. `myproject-prod-ecr-scan-findings`. */
  readonly ruleName: string;
  /** Name of the log group, below `/aws/events/`. */
  readonly logGroupName: string;
  /** One of the periods that CloudWatch Logs knows. */
  readonly retentionInDays: number;
  /** ARN of the key that encrypts the log group. */
  readonly kmsKeyArn: string;
  readonly events: ScanEventFilter;
}

/**
 * Scan findings of an environment's repositories in a log group. EventBridge delivers them only where the account's
 * log resource policy lets it: see {@link eventDeliveryPolicy}.
 */
export class ScanFindingsLog extends Construct {
  readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: ScanFindingsLogProps) {
    super(scope, id);
    this.logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: props.logGroupName,
      retentionInDays: props.retentionInDays,
      kmsKeyId: props.kmsKeyArn,
    });
    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.ruleName,
      description: `Scan findings of ${props.events.namePrefix}* to ${props.logGroupName}`,
      eventPattern: scanEventPattern(props.events),
    });
    new CloudwatchEventTarget(this, "target", { rule: rule.name, arn: this.logGroup.arn });
  }
}

/**
 * The log resource policy that EventBridge needs. The console adds it, Terraform does not, and without it nothing
 * arrives and nothing complains. An account has room for ten in a Region, so there is one for all log groups.
 *
 * @param prefixes what the names of the log groups begin with
 * @returns the policy as JSON
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
export function eventDeliveryPolicy(
  { partition, accountId, region }: Omit<ScanEventFilter, "namePrefix">,
  prefixes: readonly string[],
): string {
  return policyDocument([
    {
      Sid: "EventBridgeDelivery",
      Effect: "Allow",
      Principal: { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] },
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: prefixes.map(
        (prefix) => `arn:${partition}:logs:${region}:${accountId}:log-group:${prefix}/*:*`,
      ),
    },
  ]);
}
