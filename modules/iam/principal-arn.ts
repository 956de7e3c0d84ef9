/** Path and name of an IAM role or user, without wildcards: parts of a path are not empty. */
const pathAndName = "(?:[\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}";

/** A path has at most 512 characters, a name 64. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const lengths = "(?=(?:.{1,510}/)?[^/]{1,64}$)";

/** ARN of an IAM role, not of a session. */
export const roleArnPattern = new RegExp(`^arn:aws[a-z-]*:iam::\\d{12}:role/${lengths}${pathAndName}$`);

/** ARN of an IAM role or user. */
export const roleOrUserArnPattern = new RegExp(
  `^arn:aws[a-z-]*:iam::\\d{12}:(?:role|user)/${lengths}${pathAndName}$`,
);

/** Partition of an ARN, e.g. `aws`; empty for a text that is no ARN. */
export function partitionInArn(arn: string): string {
  return /^arn:([a-z-]+):/.exec(arn)?.[1] ?? "";
}

/**
 * The advice on the ARN of a role that IAM Identity Center created, without the path that it has, as "rule; remedy".
 * `undefined` for other ARNs. Such an ARN is often copied from a session, whose ARN has no path.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function identityCenterPathAdvice(arn: string): string | undefined {
  const [, account, name] = /^(arn:[^:]+:iam::\d{12}):role\/(AWSReservedSSO_[^/*?]+)$/.exec(arn) ?? [];
  return name === undefined
    ? undefined
    : `IAM Identity Center creates its roles under the path /aws-reserved/sso.amazonaws.com/; use the role's whole ARN, as IAM shows it, such as ${account}:role/aws-reserved/sso.amazonaws.com/${name}`;
}
