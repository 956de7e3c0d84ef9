import type { z } from "zod";
import { boolean, list, mapOf, nonEmpty, object, oneOf, text } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";

/** Owner and repository, each with its id behind an @ where GitHub's tokens have it there. */
const githubRepository = text(
  /^[A-Za-z0-9][A-Za-z0-9-]*(?:@\d+\/[\w.-]+@\d+|\/[\w.-]+)$/,
  'this must be one repository as its tokens spell it; write "owner/repository", or "owner@id/repository@id" where its subjects hold the ids',
);

const gitlabProject = text(
  /^[\w.-]+(?:\/[\w.-]+)+$/,
  'this must be the path of one project, with every group; write "group/project"',
);

/** Part of what Git allows; a `*` stands for any text. */
const ref = () =>
  text(
    /^[\w.+#*-]+(?:[/@][\w.+#*-]+)*$/,
    "this must be the name of a branch or tag without refs/, where * stands for any text; write for example main or release/*",
  );

const environmentName = text(
  /^[\w .*-]+$/,
  "this must be the name of an environment in GitHub, where * stands for any text; write for example production",
);

/** Pipelines that may assume a role. */
export const TrustOptions = object({
  github: githubRepository.optional().meta({
    description:
      "Repository on GitHub, in upper and lower case as GitHub has it: `owner/repository`. Tokens of repositories made or renamed since 15 July 2026 also hold ids: `owner@id/repository@id`.",
    defaultNote: "none",
  }),
  gitlab: gitlabProject
    .optional()
    .meta({ description: "Project on GitLab, e.g. `group/project`.", defaultNote: "none" }),
  branch: ref()
    .optional()
    .meta({ description: "Branch, e.g. `main`; `*` stands for any text.", defaultNote: "none" }),
  tag: ref()
    .optional()
    .meta({ description: "Tag, e.g. `v*`; `*` stands for any text.", defaultNote: "none" }),
  environment: environmentName.optional().meta({
    description:
      "Environment in GitHub. The tokens of a job with an environment name this and neither branch nor tag.",
    defaultNote: "none",
  }),
  pullRequest: boolean()
    .default(false)
    .describe("Pull requests on GitHub from branches of the same repository. For `plan` only."),
}).describe("Pipelines that may take the role on: a repository or project, and what of it.");

export type TrustOptions = z.output<typeof TrustOptions>;

const trust = () =>
  list(TrustOptions)
    .min(1, { error: "a role that nobody may take on is of no use; add an entry" })
    .describe("Who may take the role on.");

/** Services that make identities, hold what others may not read, or run code with a role that is already there. */
const guardedServices = [
  ...[
    "account",
    "cloudformation",
    "cloudcontrolapi",
    "codebuild",
    "ec2",
    "ec2-instance-connect",
    "ec2messages",
  ],
  ...["ecs", "eks", "eks-auth", "iam", "identitystore", "kms", "lambda", "organizations", "rolesanywhere"],
  ...["secretsmanager", "ssm", "ssmmessages", "sso", "sso-directory", "sts"],
];

const workloadAction = text(
  new RegExp(`^(?!(?:${guardedServices.join("|")}):)[a-z][a-z0-9-]*:(?:\\*|[A-Za-z]+\\*?)$`),
  `this must be an action of one service in IAM's words, and none of ${guardedServices.join(", ")}; write for example s3:GetObject or dynamodb:*`,
);

const provider = () =>
  oneOf(["create", "existing"])
    .default("create")
    .describe(
      "Whether this environment makes the identity provider in IAM. AWS has one for each URL in an account, so write `existing` where there is one already or another environment makes it.",
    );

const audience = (what: string) => nonEmpty(`an audience is text; write what ${what}`);

/** Roles that CI systems assume through OIDC. */
export const CiOptions = object({
  github: object({
    provider: provider(),
    audience: audience("the workflow asks for")
      .default("sts.amazonaws.com")
      .describe("Audience of the tokens: what `aws-actions/configure-aws-credentials` asks for."),
  })
    .prefault({})
    .describe("The identity provider for GitHub Actions, made where a role trusts GitHub."),
  gitlab: object({
    provider: provider(),
    url: text(
      /^https:\/\/[a-z0-9.-]+(?:\/[\w.-]+)*$/,
      "this must be the address of GitLab without a port or a slash at its end; write for example https://gitlab.com",
    )
      .default("https://gitlab.com")
      .describe("Address of GitLab, as its tokens spell their issuer."),
    audience: audience("id_tokens … aud of the job says").optional().meta({
      description: "Audience of the tokens: what `id_tokens` … `aud` of the job says.",
      defaultNote: "`url`",
    }),
  })
    .prefault({})
    .describe("The identity provider for GitLab, made where a role trusts GitLab."),
  push: mapOf(
    object({
      repositories: list(nonEmpty("this is the short name of a repository; write it as a string"))
        .min(1, { error: "a role pushes to repositories that are named; add the short name of one" })
        .describe("Repositories of this environment that it may push to and pull from, by short name."),
      trust: trust(),
    }).describe("A role that pushes images, called `<project>-<environment>-ci-push-<name>`."),
  )
    .default({})
    .describe("Roles that push images, by name."),
  plan: object({ trust: trust() }).optional().meta({
    description:
      "The role `<project>-<environment>-ci-plan`, which reads everything that a plan compares, and changes nothing.",
    defaultNote: "no role",
  }),
  deploy: object({
    trust: trust(),
    workloadActions: list(workloadAction)
      .default([])
      .describe(
        "IAM actions on any resource, e.g. `s3:GetObject`, that policies which you write yourself may give to roles of the environment, besides what this project's own policies give. None of services that make identities or run code as others, such as iam, sts, lambda and ecs.",
      ),
  })
    .optional()
    .meta({
      description:
        "The role `<project>-<environment>-ci-deploy`, which deploys the environment but for the roles of pipelines. Every role that the environment makes gets a permissions boundary.",
      defaultNote: "no role",
    }),
}).describe(
  "Roles that pipelines take on without stored credentials (OIDC). An administrator deploys the security layer with them once, for no pipeline may change them.",
);

export type CiOptions = z.output<typeof CiOptions>;

/** The role that deploys. */
export type DeployOptions = NonNullable<CiOptions["deploy"]>;

/** The same before validation. */
export type UncheckedCi = Unchecked<CiOptions>;

/** One entry of `trust` before validation. */
export type UncheckedTrust = Unchecked<TrustOptions>;
