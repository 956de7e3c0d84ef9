import { arn, atMost, type Limits, limitedBy, nameIn, pages, under } from "./limit";

const oidc = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html";
const github = "https://docs.github.com/en/actions/reference/security/oidc";
const gitlab = "https://docs.gitlab.com/ci/secrets/id_token_authentication";
const bitbucket =
  "https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/";
const circleci = "https://circleci.com/docs/openid-connect-tokens/";
const buildkite = "https://buildkite.com/docs/pipelines/security/oidc/aws";
const git = "https://git-scm.com/docs/git-check-ref-format";

const trust: Limits = {
  "": limitedBy("8,192 characters of trust policy, 2,048 by default", pages.iam),
  "[].github": atMost(255, "letters, digits and `._-`", github),
  "[].gitlab": atMost(1024, "letters, digits and `._-/`", gitlab),
  "[].bitbucket": atMost(38, "a UUID, with or without braces", bitbucket),
  "[].circleci": atMost(255, "letters, digits and `._-/`", circleci),
  "[].buildkite": atMost(255, "lowercase letters, digits and `-/`", buildkite),
  "[].roleArn": arn(2048, "the ARN of a role", pages.iam),
  "[].branch": atMost(255, "letters, digits and `_.+#*-/@`", git),
  "[].tag": atMost(255, "letters, digits and `_.+#*-/@`", git),
  "[].environment": atMost(255, "letters, digits, spaces and `_.*/()+#@=,:{}-`", github),
};

const audience = atMost(255, "Latin letters, digits, spaces and punctuation", oidc);

/** Limits of the pipelines' roles. */
export const ciLimits: Limits = under("security.ci", {
  "github.url": atMost(255, "`https://`, a host and a path", oidc),
  "github.audience": audience,
  "gitlab.url": atMost(255, "`https://`, a host and a path", oidc),
  "gitlab.audience": audience,
  "bitbucket.url": atMost(255, "the identity provider URL of a workspace", bitbucket),
  "bitbucket.audience": atMost(255, "`ari:cloud:bitbucket::workspace/` and a UUID", bitbucket),
  "circleci.organization": atMost(36, "a UUID", circleci),
  "buildkite.audience": audience,
  push: limitedBy("1,000 roles in an account by default", pages.iam),
  "push.<name>@": atMost(64, "of the role's whole name", pages.iam),
  "push.<name>.repositories": limitedBy("10,240 characters of inline policies", pages.iam),
  "push.<name>.repositories[]": nameIn("ecr.repositories"),
  "push.<name>.publicRepositories": limitedBy("10,240 characters of inline policies", pages.iam),
  "push.<name>.publicRepositories[]": nameIn("ecr.publicRepositories"),
  ...under("push.<name>.trust", trust),
  ...under("plan.trust", trust),
  ...under("deploy.trust", trust),
  "deploy.workloadActions": limitedBy("1,400 characters of the permissions boundary", pages.iam),
  "deploy.workloadActions[]": atMost(128, "`service:Action`", pages.iam),
});
