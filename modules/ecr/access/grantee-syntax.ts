/** What an account, an organization, a part of one and a role are written like; each with the rule and the remedy. */
interface Syntax {
  readonly pattern: RegExp;
  readonly advice: string;
}

/** Twelve digits, as a string (a number would lose leading zeros). */
export const accountIdSyntax: Syntax = {
  pattern: /^\d{12}$/,
  advice:
    'an AWS account id is a string of 12 digits; write the id of the real account, for example "123456789012"',
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const organizationIdSyntax: Syntax = {
  pattern: /^o-[a-z0-9]{10,32}$/,
  advice:
    'the id of an organization is o- and 10 to 32 lower-case letters and digits; write for example "o-a1b2c3d4e5"',
};

/**
 * The ids from the organization down to a root or an organizational unit. `/*` at the end stands for the accounts in it
 * and in all units below, `/` for those that are directly in it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
 */
export const organizationPathSyntax: Syntax = {
  pattern: /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*\*?$/,
  advice:
    'a path leads from the organization to a root or a unit and ends with /* (all accounts below) or / (those directly in it); write for example "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"',
};

/**
 * A role and not a session of one, without wildcards: a condition on `aws:PrincipalArn` would take `*` and `?` as such.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export const roleArnSyntax: Syntax = {
  pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
  advice:
    "this must be the ARN of one IAM role, without wildcards; write arn:aws:iam::<account>:role/<path and name>",
};

/** The parts of a role's ARN. `name` is without the path: IAM knows a role of an account by it. */
export function roleParts(roleArn: string): { partition: string; accountId: string; name: string } {
  const [, partition = "", , , accountId = "", resource = ""] = roleArn.split(":");
  return { partition, accountId, name: resource.slice(resource.lastIndexOf("/") + 1) };
}
