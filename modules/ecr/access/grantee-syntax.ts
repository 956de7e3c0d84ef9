import { roleArnPattern } from "../../iam/principal-arn";

/** The format of an account ID, organization ID, organization path or role ARN, with advice as "rule; remedy". */
interface Syntax {
  readonly pattern: RegExp;
  readonly advice: string;
}

/** Twelve digits, as a string (a number would lose leading zeros). */
export const accountIdSyntax: Syntax = {
  pattern: /^\d{12}$/,
  advice:
    'an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"',
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const organizationIdSyntax: Syntax = {
  pattern: /^o-[a-z0-9]{10,32}$/,
  advice:
    'an organization ID is o- and 10 to 32 lowercase letters and digits; use an ID such as "o-a1b2c3d4e5"',
};

/**
 * Path of IDs from the organization to a root or an organizational unit (OU). `/*` at the end matches the accounts in
 * it and in all OUs below, `/` only those directly in it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
 */
export const organizationPathSyntax: Syntax = {
  pattern: /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*\*?$/,
  advice:
    'a path leads from the organization to a root or an OU and ends with /* (all accounts below) or / (accounts directly in it); use a path such as "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"',
};

/**
 * ARN of a role, not of a session, without wildcards: a condition on `aws:PrincipalArn` would evaluate `*` and `?`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export const roleArnSyntax: Syntax = {
  pattern: roleArnPattern,
  advice:
    "this must be the ARN of one IAM role, without wildcards; use arn:aws:iam::<account>:role/<path and name>",
};

/** The parts of a role ARN. `name` excludes the path, because it identifies a role within its account. */
export function roleParts(roleArn: string): { partition: string; accountId: string; name: string } {
  const [, partition = "", , , accountId = "", resource = ""] = roleArn.split(":");
  return { partition, accountId, name: resource.slice(resource.lastIndexOf("/") + 1) };
}
