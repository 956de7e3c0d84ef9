import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { numberedRules } from "../../events/numbered-rules";
import { type FindingMessageRequest, findingMessage } from "./finding-message";
import { groupText } from "./repository-events";

export interface FindingAlertsModuleProps extends FindingMessageRequest {
  /** Name of the rule, up to 64 characters, e.g. `myproject-prod-ecr-alerts`. Further ones end with `-2` etc. */
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
    const { eventPatterns, inputPaths, inputTemplate } = findingMessage(props);
    for (const { end, name, eventPattern } of numberedRules(props.ruleName, eventPatterns)) {
      const rule = new CloudwatchEventRule(this, `rule${end}`, {
        name,
        description: `Findings in images of ${groupText(props.repositories)} to a topic`,
        eventPattern,
      });
      new CloudwatchEventTarget(this, `target${end}`, {
        rule: rule.name,
        arn: props.topicArn,
        inputTransformer: { inputPaths, inputTemplate },
      });
    }
  }
}
