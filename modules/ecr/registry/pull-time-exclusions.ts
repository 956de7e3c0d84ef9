import { roleOrUserArnPattern } from "../../iam/principal-arn";

/** Maximum number in one account and Region. https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-time-update-exclusions.html */
export const maxPullTimeExclusions = 100;

/**
 * A principal as the API accepts it. The user guide names roles only, the API also users.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RegisterPullTimeUpdateExclusion.html
 */
export const excludedPrincipalSyntax = {
  pattern: roleOrUserArnPattern,
  advice:
    "this must be the ARN of one IAM role or user, without wildcards; use arn:aws:iam::<account>:role/<path and name>",
};
