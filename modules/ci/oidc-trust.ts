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
  /** Allowed subjects (`sub`); `*` matches any text. */
  readonly subjects: readonly string[];
}

/** What a GitHub Actions token is issued for within a repository. */
export type GithubPart =
  | { readonly branch: string }
  | { readonly tag: string }
  | { readonly environment: string }
  | { readonly pullRequest: true };

/**
 * Subject of a GitHub Actions token, e.g. `repo:acme/web-app:ref:refs/heads/main`.
 *
 * @param repository `owner/name`, or `owner@id/name@id` where GitHub includes IDs in subjects
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function githubSubject(repository: string, part: GithubPart): string {
  if ("branch" in part) return `repo:${repository}:ref:refs/heads/${part.branch}`;
  if ("tag" in part) return `repo:${repository}:ref:refs/tags/${part.tag}`;
  if ("environment" in part) return `repo:${repository}:environment:${part.environment}`;
  return `repo:${repository}:pull_request`;
}

/**
 * Subject of a GitLab token, e.g. `project_path:acme/web-app:ref_type:branch:ref:main`.
 *
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication
 */
export function gitlabSubject(
  project: string,
  part: { readonly branch: string } | { readonly tag: string },
): string {
  const [type, name] = "branch" in part ? ["branch", part.branch] : ["tag", part.tag];
  return `project_path:${project}:ref_type:${type}:ref:${name}`;
}

/**
 * Allows such tokens to assume a role. Audience and subject must both match. Exact subjects use `StringEquals`.
 * Subjects with a `*` use `StringLike` in a statement of their own, because two operators on one key must both match.
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
  const plain = distinct.filter((subject) => !subject.includes("*"));
  const patterns = distinct.filter((subject) => subject.includes("*"));
  return [
    ...(plain.length > 0 ? [statement(sid, { StringEquals: { ...aud, [`${issuer}:sub`]: plain } })] : []),
    ...(patterns.length > 0
      ? [statement(`${sid}Like`, { StringEquals: aud, StringLike: { [`${issuer}:sub`]: patterns } })]
      : []),
  ];
}
