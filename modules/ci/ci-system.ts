/** A part of a repository or project. Its pipelines get tokens of their own. */
export interface RepositoryPart {
  /** Name of a branch; `*` matches any text. */
  readonly branch?: string | undefined;
  /** Name of a tag; `*` matches any text. */
  readonly tag?: string | undefined;
  /** Environment that jobs name: a name on GitHub, a UUID on Bitbucket. */
  readonly environment?: string | undefined;
  readonly pullRequest?: boolean | undefined;
}

/** A CI system that issues OIDC tokens for its pipelines. */
export interface CiSystem {
  /** Its name, e.g. `GitHub`; also the Sid of the statements that trust it. */
  readonly title: string;
  /** Why its tokens do not say from which part of a repository they come, as "rule; remedy". The other parts can be used. */
  readonly withoutPart: Partial<Readonly<Record<keyof RepositoryPart, string>>>;
  /**
   * Subject (`sub`) of its tokens; `*` matches any text and `?` one character.
   *
   * @param project the repository or project, as the tokens have it
   * @param part one part that the system's tokens contain
   * @param issuer URL of the issuer without `https://`
   */
  subject(project: string, part: RepositoryPart, issuer: string): string;
}

/** Matches a UUID and nothing longer. A `*` would also match a branch whose name goes on like a subject. */
const anyUuid = [8, 4, 4, 4, 12].map((length) => "?".repeat(length)).join("-");

const anyCommit = "?".repeat(40);

const refOf = ({ branch, tag = "" }: RepositoryPart): string =>
  branch === undefined ? `refs/tags/${tag}` : `refs/heads/${branch}`;

/** A UUID in braces, as Bitbucket has them. */
const inBraces = (uuid: string): string => `{${uuid.replace(/[{}]/g, "")}}`;

/** The CI systems whose pipelines can assume roles, and what their tokens contain. */
export const ciSystems = {
  /**
   * GitHub Actions, on github.com, ghe.com and Enterprise Server, e.g. `repo:acme/web-app:ref:refs/heads/main`. A colon in the
   * name of an environment is encoded.
   *
   * @see https://docs.github.com/en/actions/reference/security/oidc
   */
  github: {
    title: "GitHub",
    withoutPart: {},
    subject: (repository, part) => {
      if (part.pullRequest) return `repo:${repository}:pull_request`;
      const { environment } = part;
      return environment === undefined
        ? `repo:${repository}:ref:${refOf(part)}`
        : `repo:${repository}:environment:${environment.replaceAll(":", "%3A")}`;
    },
  },
  /**
   * GitLab CI, e.g. `project_path:acme/web-app:ref_type:branch:ref:main`.
   *
   * @see https://docs.gitlab.com/ci/secrets/id_token_authentication
   */
  gitlab: {
    title: "GitLab",
    withoutPart: {
      environment: "GitLab token subjects do not contain an environment; set branch or tag",
      pullRequest: "GitLab merge requests have the token subject of their branch; set branch",
    },
    subject: (project, { branch, tag = "" }) =>
      `project_path:${project}:ref_type:${branch === undefined ? `tag:ref:${tag}` : `branch:ref:${branch}`}`,
  },
  /**
   * Bitbucket Pipelines: UUIDs of the repository, the deployment environment and the step.
   *
   * @see https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
   */
  bitbucket: {
    title: "Bitbucket",
    withoutPart: {
      branch:
        "Bitbucket token subjects do not contain a branch; set environment, and limit its branches in Bitbucket",
      tag: "Bitbucket token subjects do not contain a tag; set environment, and limit its branches in Bitbucket",
      pullRequest: "Bitbucket token subjects do not contain a pull request; set environment",
    },
    subject: (repository, { environment = "" }) =>
      `${inBraces(repository)}:${inBraces(environment)}:{${anyUuid}}`,
  },
  /**
   * CircleCI, in `CIRCLE_OIDC_TOKEN_V2`: the organization, project, user, repository and branch.
   *
   * @see https://circleci.com/docs/openid-connect-tokens/
   */
  circleci: {
    title: "CircleCI",
    withoutPart: {
      environment: "CircleCI token subjects do not contain an environment; set branch or tag",
      pullRequest: "CircleCI token subjects of pull requests contain their branch; set branch",
    },
    subject: (repository, part, issuer) =>
      `${issuer.slice(issuer.indexOf("org/"))}/project/${anyUuid}/user/${anyUuid}/vcs-origin/${repository}/vcs-ref/${refOf(part)}`,
  },
  /**
   * Buildkite: the organization, pipeline, branch, commit and step. The commit is one of Git: a build of `HEAD` is not trusted.
   *
   * @see https://buildkite.com/docs/pipelines/security/oidc
   */
  buildkite: {
    title: "Buildkite",
    withoutPart: {
      environment: "Buildkite token subjects do not contain an environment; set branch or tag",
      pullRequest: "Buildkite token subjects of pull requests contain their branch; set branch",
    },
    subject: (pipeline, part) => {
      const [organization, name] = pipeline.split("/");
      return `organization:${organization}:pipeline:${name}:ref:${refOf(part)}:commit:${anyCommit}:step:*`;
    },
  },
} as const satisfies Readonly<Record<string, CiSystem>>;

/** The key of a CI system in environment files. */
export type CiSystemName = keyof typeof ciSystems;

export const ciSystemNames = Object.keys(ciSystems) as CiSystemName[];
