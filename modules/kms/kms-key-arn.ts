/**
 * ARN of a KMS key itself. With an alias, Terraform would plan to replace what the key encrypts, because AWS returns
 * the key ARN.
 */
export const keyArnPattern = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

/** Advice for anything else, as "rule; remedy". */
export const keyArnAdvice =
  "this must be the ARN of a KMS key, not an ID or an alias; use arn:aws:kms:<region>:<account>:key/<id>";
