import type { Statement } from "../iam/policy-document";

/** What a token must say to be trusted, by the service that issues it. */
export interface TrustedTokens {
  /** Sid of the statement, e.g. `GitHub`. */
  readonly sid: string;
  /** ARN of the identity provider in IAM. */
  readonly providerArn: string;
  /** Issuer without `https://`, e.g. `token.actions.githubusercontent.com`: the beginning of the condition keys. */
  readonly issuer: string;
  /** The one audience (`aud`). */
  readonly audience: string;
  /** Subjects (`sub`); `*` stands for any text. */
  readonly subjects: readonly string[];
}

/** Part of a repository that a token of GitHub Actions is for. */
export type GithubPart =
  | { readonly branch: string }
  | { readonly tag: string }
  | { readonly environment: string }
  | { readonly pullRequest: true };

/**
 * Subject of a token of GitHub Actions, e.g. `repo:acme/web-app:ref:refs/heads/main`.
 *
 * @param repository `owner/name`, or `owner@id/name@id` where GitHub puts ids into subjects
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function githubSubject(repository: string, part: GithubPart): string {
  if ("branch" in part) return `repo:${repository}:ref:refs/heads/${part.branch}`;
  if ("tag" in part) return `repo:${repository}:ref:refs/tags/${part.tag}`;
  if ("environment" in part) return `repo:${repository}:environment:${part.environment}`;
  return `repo:${repository}:pull_request`;
}

/**
 * Subject of a token of GitLab, e.g. `project_path:acme/web-app:ref_type:branch:ref:main`.
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
 * Lets whoever holds such a token take a role on. Audience and subject must both fit. Plain subjects are compared as
 * they are; only those with a `*` are patterns, in a statement of their own, for two operators on one key must both hold.
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
