import { severities } from "../../modules/ecr/monitoring/finding-message";
import { distinct, object, oneOf, text } from "../schema/fields";

/** EventBridge does not publish to FIFO topics, whose names end with `.fifo`. */
const topicArn = text(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
  "this must be the ARN of a standard SNS topic; write arn:aws:sns:<region>:<account>:<name>",
);

const email = text(
  /^[^\s@]+@[^\s@]+\.[^\s@.]+$/,
  "this must be an e-mail address; write for example team@example.com",
);

/** Messages about findings. */
export const AlertOptions = object({
  severities: distinct(oneOf(severities), "severity")
    .min(1, { error: "an empty list alerts of nothing; name a severity or remove alerts" })
    .default(["CRITICAL", "HIGH"])
    .describe("Findings of these severities are worth a message."),
  topicArn: topicArn.optional().meta({
    description:
      "A topic of your own, in the account and Region of the environment. Its policy must let EventBridge publish.",
    defaultNote: "an encrypted topic of the environment, `<project>-<environment>-ecr-alerts`",
  }),
  emails: distinct(email, "address")
    .default([])
    .describe(
      "Addresses that receive each message. AWS asks each for a confirmation. Others subscribe to the topic themselves.",
    ),
});
