/** ARN of a KMS key itself; an alias would make Terraform replace what the key encrypts once it is resolved. */
export const keyArnPattern = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

/** The rule and the remedy. */
export const keyArnAdvice =
  "this must be the ARN of a KMS key, not an id or an alias; write arn:aws:kms:<region>:<account>:key/<id>";
