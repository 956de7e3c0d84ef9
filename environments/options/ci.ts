import type { z } from "zod";
import { list, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { mapOf } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { TrustOptions, uuid } from "./ci-trust";
import { cannotRename } from "./renamed-from";

const shortName = () => nonEmpty("this must be the short name of a repository; use a string");

const trust = () =>
  list(TrustOptions)
    .min(1, { error: "a role needs a pipeline that may assume it; add an entry" })
    .describe("Pipelines that may assume the role.");

/** Services that create identities, store sensitive data, or run code with an existing role. */
const sensitiveServices = [
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
  new RegExp(`^(?!(?:${sensitiveServices.join("|")}):)[a-z][a-z0-9-]*:(?:\\*|[A-Za-z]+\\*?)$`),
  `this must be an IAM action of one service other than ${sensitiveServices.join(", ")}; use an action such as s3:GetObject or dynamodb:*`,
);

const provider = () =>
  oneOf(["create", "existing"])
    .default("create")
    .describe(
      "Whether this environment creates the identity provider in IAM. An account can have only one for each URL, so use `existing` if the account already has it or another environment creates it.",
    );

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
const issuerUrl = (of: string, usual: string) =>
  text(
    /^(?=.{1,255}$)https:\/\/[a-z0-9.-]+(?:\/[\w.-]+)*$/,
    `this must be the URL of ${of} with up to 255 characters, without a port or a trailing slash; use a URL such as ${usual}`,
  ).default(usual);

/**
 * IAM accepts 255 characters in a list of audiences, and in the trust policies that compare them only these.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const audience = (what: string) =>
  text(
    /^(?=.*[^ ])[\u0020-\u007e\u00a1-\u00ff]{1,255}$/,
    `an audience has 1 to 255 Latin letters, digits, spaces and punctuation marks; use the one that ${what}`,
  );

/** Roles that CI systems assume through OIDC. */
export const CiOptions = object({
  github: object({
    provider: provider(),
    url: issuerUrl("GitHub's tokens", "https://token.actions.githubusercontent.com").describe(
      "Issuer of GitHub's tokens. On GitHub Enterprise Server it is `https://<host>/_services/token`, which AWS must be able to reach, and on ghe.com `https://token.actions.<subdomain>.ghe.com`. If an enterprise uses a unique issuer URL, the enterprise's slug is at the end.",
    ),
    audience: audience("the workflow requests")
      .default("sts.amazonaws.com")
      .describe("Audience of the tokens, as `aws-actions/configure-aws-credentials` requests it."),
  })
    .prefault({})
    .describe("The identity provider for GitHub Actions, created if a role trusts GitHub."),
  gitlab: object({
    provider: provider(),
    url: issuerUrl("GitLab", "https://gitlab.com").describe(
      "URL of GitLab, as it appears in the issuer of its tokens.",
    ),
    audience: audience("the job sets in id_tokens … aud").optional().meta({
      description: "Audience of the tokens, as the job sets it in `id_tokens` … `aud`.",
      defaultNote: "`url`",
    }),
  })
    .prefault({})
    .describe("The identity provider for GitLab, created if a role trusts GitLab."),
  bitbucket: object({
    provider: provider(),
    url: text(
      /^https:\/\/api\.bitbucket\.org\/2\.0\/workspaces\/[\w-]{1,128}\/pipelines-config\/identity\/oidc$/,
      "this must be the identity provider URL in the OpenID Connect settings of the repository; use https://api.bitbucket.org/2.0/workspaces/<workspace>/pipelines-config/identity/oidc",
    ).describe("Identity provider URL, as the OpenID Connect settings of the repository show it."),
    audience: text(
      new RegExp(`^ari:cloud:bitbucket::workspace/${uuid}$`),
      "this must be the audience in the OpenID Connect settings of the repository; use ari:cloud:bitbucket::workspace/<UUID>",
    ).describe("Audience, as the same settings show it."),
  })
    .optional()
    .meta({
      description: "The identity provider for Bitbucket Pipelines, required if a role trusts Bitbucket.",
      defaultNote: "none",
    }),
  circleci: object({
    provider: provider(),
    organization: text(
      new RegExp(`^${uuid}$`),
      "this must be the ID of the organization, as its settings in CircleCI show it; use a UUID in lowercase",
    ).describe("ID of the organization, which is in the issuer of its tokens and their audience."),
  })
    .optional()
    .meta({
      description: "The identity provider for CircleCI, required if a role trusts CircleCI.",
      defaultNote: "none",
    }),
  buildkite: object({
    provider: provider(),
    audience: audience("the job requests with `buildkite-agent oidc request-token --audience`")
      .default("sts.amazonaws.com")
      .describe("Audience of the tokens, as the job requests it."),
  })
    .prefault({})
    .describe("The identity provider for Buildkite, created if a role trusts Buildkite."),
  push: mapOf(
    object(
      {
        repositories: list(shortName())
          .default([])
          .describe(
            "Repositories of this environment that the role may push to and pull from, by short name.",
          ),
        publicRepositories: list(shortName())
          .default([])
          .describe("Public repositories of this environment that the role may push to, by short name."),
        trust: trust(),
      },
      cannotRename("pushRole"),
    ).describe("A role that pushes images, named `<project>-<environment>-ci-push-<name>`."),
  )
    .default({})
    .describe("Roles that push images, by name."),
  plan: object({ trust: trust() }).optional().meta({
    description:
      "The role `<project>-<environment>-ci-plan`, which has read-only access to everything that a plan compares. It cannot lock or unlock states.",
    defaultNote: "no role",
  }),
  deploy: object({
    trust: trust(),
    workloadActions: list(workloadAction)
      .default([])
      .describe(
        "IAM actions on any resource, e.g. `s3:GetObject`, that your own policies may grant to roles of the environment, in addition to the permissions that this project grants. Services that create identities or run code with other roles, such as iam, sts, lambda and ecs, are not allowed.",
      ),
  })
    .optional()
    .meta({
      description:
        "The role `<project>-<environment>-ci-deploy`, which deploys the environment except for the pipeline roles. Every role that the environment creates gets a permissions boundary. It can change settings of the whole registry, and so replicate every repository of the account and Region.",
      defaultNote: "no role",
    }),
}).describe(
  "Roles that pipelines assume without stored credentials (OIDC). An administrator deploys the security layer with these roles once, because no pipeline may change them.",
);

export type CiOptions = z.output<typeof CiOptions>;

/** Options of the deploy role. */
export type DeployOptions = NonNullable<CiOptions["deploy"]>;

/** The options before validation. */
export type UncheckedCi = Unchecked<CiOptions>;
