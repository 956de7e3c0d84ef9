import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { type FindingMessageRequest, findingMessage } from "./finding-message";

export interface FindingAlertsModuleProps extends FindingMessageRequest {
  /** Name of the rule, up to 64 characters, e.g. `myproject-prod-ecr-alerts`. */
  readonly ruleName: string;
  /**
   * SNS topic that receives the messages, in the account and Region of the repositories. Its policy must allow
   * EventBridge to publish.
   */
  readonly topicArn: string;
}

/** Sends findings in images to an SNS topic, as readable messages. */
export class FindingAlertsModule extends Construct {
  constructor(scope: Construct, id: string, props: FindingAlertsModuleProps) {
    super(scope, id);
    const { eventPattern, inputPaths, inputTemplate } = findingMessage(props);
    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.ruleName,
      description: `Findings in images of ${props.repositories.namePrefix}* to a topic`,
      eventPattern,
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      arn: props.topicArn,
      inputTransformer: { inputPaths, inputTemplate },
    });
  }
}
