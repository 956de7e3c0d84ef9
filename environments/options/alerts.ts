import { severities } from "../../modules/ecr/monitoring/finding-message";
import { object, oneOf, text } from "../../modules/values/fields";
import { distinct } from "../schema/fields";

/** EventBridge does not publish to FIFO topics, whose names end with `.fifo`. */
const topicArn = text(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
  "this must be the ARN of a standard SNS topic; use arn:aws:sns:<region>:<account>:<name>",
);

/** A part of the local part, and a label of the domain. */
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/**
 * An address without quotes, comments and domain literals. The top-level domain has a letter.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc5321#section-4.5.3.1
 */
const email = text(
  new RegExp(
    `^(?=.{1,254}$)(?=[^@]{1,64}@)${atom}(?:\\.${atom})*@(?:${label}\\.)+(?=[^.]*[A-Za-z])${label}$`,
  ),
  "this must be an email address of up to 254 characters; use an address such as team@example.com",
);

/** Alerts about scan findings. */
export const AlertOptions = object({
  severities: distinct(oneOf(severities), "severity")
    .min(1, { error: "an empty list sends no alerts; add a severity or remove alerts" })
    .default(["CRITICAL", "HIGH"])
    .describe("Severities of the findings to send messages about."),
  topicArn: topicArn.optional().meta({
    description:
      "ARN of an existing topic in the account and Region of the environment. Its policy must allow EventBridge to publish.",
    defaultNote: "a new encrypted topic, `<project>-<environment>-ecr-alerts`",
  }),
  emails: distinct(email, "address")
    .default([])
    .describe(
      "Email addresses that receive each message. Each recipient must confirm the subscription. Other subscribers can subscribe to the topic themselves.",
    ),
});
