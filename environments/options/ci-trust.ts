import type { z } from "zod";
import { boolean, object, text } from "../../modules/values/fields";
import { roleArn } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";

/** Owner and repository, each followed by @ and its ID if GitHub's tokens contain the IDs. */
const githubRepository = text(
  /^[A-Za-z0-9][A-Za-z0-9-]*(?:@\d+\/[\w.-]+@\d+|\/[\w.-]+)$/,
  'this must be one repository as it appears in its tokens; use "owner/repository", or "owner@id/repository@id" if the token subjects contain IDs',
);

const gitlabProject = text(
  /^[\w.-]+(?:\/[\w.-]+)+$/,
  'this must be the path of one project, including every group; use "group/project"',
);

/**
 * A subset of the names that Git allows; `*` matches any text. GitHub and GitLab block names that begin with `refs/`,
 * which tokens contain before the name.
 *
 * @see https://github.blog/changelog/2023-03-23-block-ambiguous-branch-and-tag-names
 */
const ref = () =>
  text(
    /^(?!refs\/)[\w.+#*-]+(?:[/@][\w.+#*-]+)*$/,
    "this must be the name of a branch or tag without refs/, where * matches any text; use a name such as main or release/*",
  );

const environmentName = text(
  /^(?! *$)[\w .*/()+#@=,:{}-]+$/,
  "this must be the name of a GitHub environment, where * matches any text, or the UUID of a Bitbucket environment; use a name such as production",
);

/** Pattern of a UUID, as CI systems write it. */
export const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** With or without the braces in which Bitbucket shows it. */
export const bitbucketUuid = new RegExp(`^(?:${uuid}|\\{${uuid}\\})$`);

const bitbucketRepository = text(
  bitbucketUuid,
  'this must be the UUID of one repository, as its OpenID Connect settings show it; use a UUID such as "{0a1b2c3d-0000-4000-8000-0123456789ab}"',
);

const circleciRepository = text(
  /^[\w.-]+(?:\/[\w.-]+){2,}$/,
  'this must be one repository as it appears in its tokens; use "github.com/owner/repository"',
);

const buildkitePipeline = text(
  /^[a-z0-9-]+\/[a-z0-9-]+$/,
  'this must be the slugs of an organization and one of its pipelines, as in the URL of the pipeline; use "organization/pipeline"',
);

/** Pipelines that may assume a role. */
export const TrustOptions = object({
  github: githubRepository.optional().meta({
    description:
      "GitHub repository, with the same capitalization as on GitHub: `owner/repository`. Tokens of repositories created or renamed since 15 July 2026 also contain IDs: `owner@id/repository@id`.",
    defaultNote: "none",
  }),
  gitlab: gitlabProject
    .optional()
    .meta({ description: "GitLab project, e.g. `group/project`.", defaultNote: "none" }),
  bitbucket: bitbucketRepository.optional().meta({
    description: "Bitbucket repository: its UUID. Needs `environment`.",
    defaultNote: "none",
  }),
  circleci: circleciRepository.optional().meta({
    description:
      "Repository that CircleCI builds, e.g. `github.com/owner/repository`. Jobs have to use the token in `CIRCLE_OIDC_TOKEN_V2`.",
    defaultNote: "none",
  }),
  buildkite: buildkitePipeline.optional().meta({
    description:
      "Buildkite pipeline: `organization/pipeline`. Trigger builds with a full commit SHA: the trust policy does not match the tokens of builds of `HEAD`.",
    defaultNote: "none",
  }),
  roleArn: roleArn().optional().meta({
    description:
      "ARN of a role that may assume this one, e.g. the service role of an AWS CodeBuild project or the role of a build agent. The entry trusts that role for every build, so you cannot combine it with a branch, tag or environment.",
    defaultNote: "none",
  }),
  branch: ref()
    .optional()
    .meta({ description: "Branch, e.g. `main`; `*` matches any text.", defaultNote: "none" }),
  tag: ref().optional().meta({ description: "Tag, e.g. `v*`; `*` matches any text.", defaultNote: "none" }),
  environment: environmentName.optional().meta({
    description:
      "GitHub environment, or the UUID of a deployment environment of Bitbucket. The token of a GitHub job with an environment contains the environment instead of the branch or tag. `*` matches any text, and is allowed for `plan` only.",
    defaultNote: "none",
  }),
  pullRequest: boolean()
    .default(false)
    .describe("GitHub pull requests from branches of the same repository. Allowed for `plan` only."),
}).describe(
  "Pipelines that may assume the role: a repository or project, and its branch, tag, environment or pull requests; or a role.",
);

export type TrustOptions = z.output<typeof TrustOptions>;

/** One entry of `trust` before validation. */
export type UncheckedTrust = Unchecked<TrustOptions>;
