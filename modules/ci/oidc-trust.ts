import type { Statement } from "../iam/policy-document";

/** Claims that the tokens of one issuer must have to be trusted. */
export interface TrustedTokens {
  /** Sid of the statement, e.g. `GitHub`. */
  readonly sid: string;
  /** ARN of the identity provider in IAM. */
  readonly providerArn: string;
  /** Issuer without `https://`, e.g. `token.actions.githubusercontent.com`: the prefix of the condition keys. */
  readonly issuer: string;
  /** Required audience (`aud`). */
  readonly audience: string;
  /** Allowed subjects (`sub`); `*` matches any text, `?` one character. */
  readonly subjects: readonly string[];
}

/**
 * Allows such tokens to assume a role. Audience and subject must both match. Exact subjects use `StringEquals`.
 * Patterns use `StringLike` in a statement of their own, because two operators on one key must both match.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export function trustStatements({
  sid,
  providerArn,
  issuer,
  audience,
  subjects,
}: TrustedTokens): Statement[] {
  const distinct = [...new Set(subjects)].toSorted();
  const aud = { [`${issuer}:aud`]: audience };
  const statement = (Sid: string, Condition: NonNullable<Statement["Condition"]>): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition,
  });
  const isPattern = (subject: string) => /[*?]/.test(subject);
  const plain = distinct.filter((subject) => !isPattern(subject));
  const patterns = distinct.filter(isPattern);
  return [
    ...(plain.length > 0 ? [statement(sid, { StringEquals: { ...aud, [`${issuer}:sub`]: plain } })] : []),
    ...(patterns.length > 0
      ? [statement(`${sid}Like`, { StringEquals: aud, StringLike: { [`${issuer}:sub`]: patterns } })]
      : []),
  ];
}

/**
 * Allows roles to assume a role, e.g. the service role of a project of AWS CodeBuild.
 *
 * @param roleArns ARNs of the roles, without patterns
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html
 */
export const roleTrustStatements = (roleArns: readonly string[]): Statement[] =>
  roleArns.length === 0
    ? []
    : [
        {
          Sid: "Roles",
          Effect: "Allow",
          Principal: { AWS: [...new Set(roleArns)].toSorted() },
          Action: ["sts:AssumeRole"],
        },
      ];
