import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";

export interface AlertTopicModuleProps {
  /** Name of the topic, e.g. `myproject-prod-ecr-alerts`. */
  readonly name: string;
  /** ARN of the KMS key that encrypts the messages. Its key policy must allow EventBridge to use it. */
  readonly kmsKeyArn: string;
  /** Email addresses that receive each message, once their owners have confirmed the subscription. */
  readonly emails: readonly string[];
}

/**
 * An encrypted SNS topic that EventBridge publishes to.
 *
 * The permission has no condition, because AWS supports none here. It does not extend to other accounts: EventBridge
 * publishes to a topic in another account with a role, which the policy does not allow.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
 */
export class AlertTopicModule extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlertTopicModuleProps) {
    super(scope, id);
    const topic = new SnsTopic(this, "topic", { name: props.name, kmsMasterKeyId: props.kmsKeyArn });
    this.arn = topic.arn;
    new SnsTopicPolicy(this, "policy", {
      arn: this.arn,
      policy: policyDocument([
        {
          Sid: "PublishByEventBridge",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: ["sns:Publish"],
          Resource: this.arn,
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: ["sns:Publish"],
          Resource: this.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
    for (const endpoint of props.emails)
      new SnsTopicSubscription(this, endpoint, { topicArn: this.arn, protocol: "email", endpoint });
  }
}
