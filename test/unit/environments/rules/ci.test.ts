import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

type Ci = NonNullable<NonNullable<EnvironmentInput["security"]>["ci"]>;
type Trust = NonNullable<Ci["plan"]>["trust"][number];

const repositories = { "web-app": {}, worker: {} };
const state = { backend: "s3", bucket: "acme-tfstate" } as const;
const main: Trust = { github: "acme/web-app", branch: "main" };

const having = (ci: Ci, change: Partial<EnvironmentInput> = {}) =>
  only({ ...minimal, state, ecr: { repositories }, security: { ci }, ...change });

const pushing = (trust: unknown, repository = "web-app") =>
  having({ push: { app: { repositories: [repository], trust: [trust as Trust] } } });

test.each<[string, Trust]>([
  ["a branch", main],
  ["branches", { github: "acme/web-app", branch: "release/*" }],
  ["a tag", { github: "acme/web-app", tag: "v*" }],
  ["an environment", { github: "acme/web-app", environment: "prod eu" }],
  ["a branch of a repository with ids", { github: "acme@12/web-app@34", branch: "main" }],
  ["a branch on GitLab", { gitlab: "acme/shop/web-app", branch: "main" }],
  ["tags on GitLab", { gitlab: "acme/web-app", tag: "v*" }],
])("a role trusts %s", (_, trust) => {
  expect(loadEnvironments(pushing(trust))).toHaveLength(1);
});

const bitbucket = {
  url: "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
  audience: "ari:cloud:bitbucket::workspace/0a1b2c3d-0000-4000-8000-0123456789ab",
};
const circleci = { organization: "0a1b2c3d-0000-4000-8000-0123456789ac" };
const uuid = "0a1b2c3d-0000-4000-8000-0123456789ad";

test.each<[string, Trust]>([
  ["an environment on Bitbucket", { bitbucket: `{${uuid}}`, environment: uuid }],
  ["a branch on CircleCI", { circleci: "github.com/acme/web-app", branch: "main" }],
  ["a tag on Buildkite", { buildkite: "acme/web-app", tag: "v1" }],
  ["a role", { roleArn: "arn:aws:iam::111122223333:role/service-role/codebuild" }],
  ["an environment with a colon", { github: "acme/web-app", environment: "prod:eu" }],
])("a role trusts %s", (_, trust) => {
  const push = { app: { repositories: ["web-app"], trust: [trust] } };

  expect(loadEnvironments(having({ push, bitbucket, circleci }))).toHaveLength(1);
});

test("fails when the tokens of a CI system do not say what trust selects", () => {
  const repository = { circleci: "github.com/acme/web-app" };
  const wrong = [
    { bitbucket: uuid, branch: "main" },
    { bitbucket: uuid, environment: "production" },
    { ...repository, environment: "production" },
    { ...repository, pullRequest: true },
    { buildkite: "acme/web-app", environment: "production" },
    { roleArn: "arn:aws:iam::111122223333:role/codebuild", branch: "main" },
  ];

  expect(
    wrong.map((trust) => messageOf(having({ plan: { trust: [trust as Trust] }, bitbucket, circleci }))),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: security.ci.plan.trust[0].branch: found "main"; Bitbucket token subjects do not contain a branch; set environment, and limit its branches in Bitbucket",
      "environments/test.ts: security.ci.plan.trust[0].environment: found "production"; Bitbucket token subjects contain the UUID of the deployment environment, not its name; use the UUID in the OpenID Connect settings of the repository",
      "environments/test.ts: security.ci.plan.trust[0].environment: found "production"; CircleCI token subjects do not contain an environment; set branch or tag",
      "environments/test.ts: security.ci.plan.trust[0].pullRequest: found true; CircleCI token subjects of pull requests contain their branch; set branch",
      "environments/test.ts: security.ci.plan.trust[0].environment: found "production"; Buildkite token subjects do not contain an environment; set branch or tag",
      "environments/test.ts: security.ci.plan.trust[0].branch: found "main"; a role is trusted whatever it builds; remove this option",
    ]
  `);
});

test("fails when a role trusts one that the environment creates itself", () => {
  const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
  const problemsOf = (role: string) =>
    messageOf(having({ push: { app: { repositories: ["web-app"], trust: [{ roleArn: arn(role) }] } } }));

  expect(problemsOf("acme-test-ci-plan")).toContain(
    "the environment creates this role, and anyone who may assume it could then assume this one too",
  );
  expect(problemsOf("acme/test/acme-test-ecs-task-web")).toContain("the environment creates this");
});

test("fails when the identity provider of an organization is not given", () => {
  const trust: Trust[] = [
    { bitbucket: uuid, environment: uuid },
    { circleci: "github.com/acme/web-app", branch: "main" },
  ];

  expect(messageOf(having({ plan: { trust } }))).toMatchInlineSnapshot(`
    "environments/test.ts: security.ci.plan.trust[0].bitbucket: found "0a1b2c3d-0000-4000-8000-0123456789ad"; the identity provider of Bitbucket differs between organizations; set security.ci.bitbucket
    environments/test.ts: security.ci.plan.trust[1].circleci: found "github.com/acme/web-app"; the identity provider of CircleCI differs between organizations; set security.ci.circleci"
  `);
});

test("a plan may be for pull requests", () => {
  expect(
    loadEnvironments(having({ plan: { trust: [{ github: "acme/web-app", pullRequest: true }] } })),
  ).toHaveLength(1);
});

test("fails when trust would open to an organization, or to who can choose the name", () => {
  const wrong = [
    { github: "acme/*", branch: "main" },
    { github: "acme", branch: "main" },
    { github: "*/web-app", branch: "main" },
    { github: "acme@12/web-app", branch: "main" },
    { github: "acme/web-app:ref:refs/heads/main", branch: "main" },
    { gitlab: "acme/*", branch: "main" },
    { gitlab: "acme", branch: "main" },
  ];

  expect(wrong.map((trust) => messageOf(pushing(trust)))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: security.ci.push.app.trust[0].github: found "acme/*"; this must be one repository as it appears in its tokens; use "owner/repository", or "owner@id/repository@id" if the token subjects contain IDs",
      "environments/test.ts: security.ci.push.app.trust[0].github: found "acme"; this must be one repository as it appears in its tokens; use "owner/repository", or "owner@id/repository@id" if the token subjects contain IDs",
      "environments/test.ts: security.ci.push.app.trust[0].github: found "*/web-app"; this must be one repository as it appears in its tokens; use "owner/repository", or "owner@id/repository@id" if the token subjects contain IDs",
      "environments/test.ts: security.ci.push.app.trust[0].github: found "acme@12/web-app"; this must be one repository as it appears in its tokens; use "owner/repository", or "owner@id/repository@id" if the token subjects contain IDs",
      "environments/test.ts: security.ci.push.app.trust[0].github: found "acme/web-app:ref:refs/heads/main"; this must be one repository as it appears in its tokens; use "owner/repository", or "owner@id/repository@id" if the token subjects contain IDs",
      "environments/test.ts: security.ci.push.app.trust[0].gitlab: found "acme/*"; this must be the path of one project, including every group; use "group/project"",
      "environments/test.ts: security.ci.push.app.trust[0].gitlab: found "acme"; this must be the path of one project, including every group; use "group/project"",
    ]
  `);
});

test("fails when a branch, tag or environment is written in another way", () => {
  const wrong = [
    { github: "acme/web-app", branch: "refs heads" },
    { github: "acme/web-app", branch: "/main" },
    { github: "acme/web-app", tag: "v?" },
    { github: "acme/web-app", environment: "prod?eu" },
    { github: "acme/web-app", branch: "${aws:username}" },
  ];

  expect(wrong.map((trust) => messageOf(pushing(trust)))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: security.ci.push.app.trust[0].branch: found "refs heads"; this must be the name of a branch or tag without refs/, where * matches any text; use a name such as main or release/*",
      "environments/test.ts: security.ci.push.app.trust[0].branch: found "/main"; this must be the name of a branch or tag without refs/, where * matches any text; use a name such as main or release/*",
      "environments/test.ts: security.ci.push.app.trust[0].tag: found "v?"; this must be the name of a branch or tag without refs/, where * matches any text; use a name such as main or release/*",
      "environments/test.ts: security.ci.push.app.trust[0].environment: found "prod?eu"; this must be the name of a GitHub environment, where * matches any text, or the UUID of a Bitbucket environment; use a name such as production",
      "environments/test.ts: security.ci.push.app.trust[0].branch: found "\${aws:username}"; this must be the name of a branch or tag without refs/, where * matches any text; use a name such as main or release/*",
    ]
  `);
});

test("fails when trust names no pipeline, or two things at once", () => {
  const wrong = [
    {},
    { github: "acme/web-app" },
    { github: "acme/web-app", gitlab: "acme/web-app", branch: "main" },
    { github: "acme/web-app", branch: "main", environment: "prod" },
    { gitlab: "acme/web-app", environment: "prod" },
    { gitlab: "acme/web-app", pullRequest: true },
  ];

  expect(wrong.map((trust) => messageOf(pushing(trust)))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: security.ci.push.app.trust[0]: found {"pullRequest":false}; a pipeline runs on one CI system; set exactly one of github, gitlab, bitbucket, circleci, buildkite and roleArn
    environments/test.ts: security.ci.push.app.trust[0]: found {"pullRequest":false}; a trust entry must select one part of the repository; set exactly one of branch, tag, environment and pullRequest",
      "environments/test.ts: security.ci.push.app.trust[0]: found {"github":"acme/web-app","pullRequest":false}; a trust entry must select one part of the repository; set exactly one of branch, tag, environment and pullRequest",
      "environments/test.ts: security.ci.push.app.trust[0]: found {"github":"acme/web-app","gitlab":"acme/web-app","branch":"main","pullRequest":false}; a pipeline runs on one CI system; set exactly one of github, gitlab, bitbucket, circleci, buildkite and roleArn",
      "environments/test.ts: security.ci.push.app.trust[0]: found {"github":"acme/web-app","branch":"main","environment":"prod","pullRequest":false}; a trust entry must select one part of the repository; set exactly one of branch, tag, environment and pullRequest",
      "environments/test.ts: security.ci.push.app.trust[0].environment: found "prod"; GitLab token subjects do not contain an environment; set branch or tag",
      "environments/test.ts: security.ci.push.app.trust[0].pullRequest: found true; GitLab merge requests have the token subject of their branch; set branch
    environments/test.ts: security.ci.push.app.trust[0].pullRequest: found true; a pull request runs code that no one has reviewed, so it may only plan; use branch, tag or environment",
    ]
  `);
});

test("fails when a role trusts nobody or pushes nowhere", () => {
  const definitions = having({
    push: { app: { repositories: [], trust: [] } },
    plan: { trust: [] },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security.ci.push.app.trust: found []; a role needs a pipeline that may assume it; add an entry
    environments/test.ts: security.ci.plan.trust: found []; a role needs a pipeline that may assume it; add an entry
    environments/test.ts: security.ci.push.app.repositories: found []; a role needs a repository to push to; add its short name]
  `);
});

test("fails when a role pushes to an unknown repository, with a suggestion", () => {
  expect(() => loadEnvironments(pushing(main, "web-ap"))).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: security.ci.push.app.repositories[0]: found "web-ap"; ecr.repositories has no repository with this name; did you mean "web-app"?]`,
  );
});

test("fails when pull requests may do more than plan", () => {
  const pullRequest: Trust = { github: "acme/web-app", pullRequest: true };
  const definitions = having({
    push: { app: { repositories: ["web-app"], trust: [main, pullRequest] } },
    deploy: { trust: [pullRequest] },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security.ci.deploy.trust[0].pullRequest: found true; a pull request runs code that no one has reviewed, so it may only plan; use branch, tag or environment
    environments/test.ts: security.ci.push.app.trust[1].pullRequest: found true; a pull request runs code that no one has reviewed, so it may only plan; use branch, tag or environment]
  `);
});

test("fails when every branch may deploy, and not when every branch may push or plan", () => {
  const anyBranch: Trust = { github: "acme/web-app", branch: "*" };

  expect(() =>
    loadEnvironments(having({ deploy: { trust: [anyBranch] } })),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: security.ci.deploy.trust[0].branch: found "*"; this allows every branch to deploy; use specific names, or a * only at the end]`,
  );
  expect(loadEnvironments(pushing(anyBranch))).toHaveLength(1);
  expect(loadEnvironments(having({ plan: { trust: [anyBranch] } }))).toHaveLength(1);
});

test.each(["*/*", "*-*", "**/*"])("fails when anyone who can push may name a %s that deploys", (pattern) => {
  const deploys = (part: object) =>
    messageOf(having({ deploy: { trust: [{ github: "acme/web-app", ...part }] } }));

  expect(deploys({ branch: pattern })).toContain("this allows every branch that anyone names so to deploy");
  expect(deploys({ tag: pattern })).toContain("this allows every tag that anyone names so to deploy");
  expect(deploys({ branch: "release/*" })).toBe("");
});

test.each([{ branch: "refs/heads/main" }, { tag: "refs/tags/v1" }])(
  "fails when a branch or tag has the prefix that tokens add: %j",
  (part) => {
    expect(messageOf(pushing({ github: "acme/web-app", ...part }))).toContain("without refs/");
    expect(messageOf(pushing({ gitlab: "acme/web-app", ...part }))).toContain("without refs/");
  },
);

test.each(["production", "prod/eu", "Prod (EU)", "team@prod"])(
  "GitHub's environment may be %s",
  (environment) => {
    expect(messageOf(pushing({ github: "acme/web-app", environment }))).toBe("");
  },
);

test("fails when the name of an environment is blank", () => {
  expect(messageOf(pushing({ github: "acme/web-app", environment: " " }))).toContain("GitHub environment");
});

test.each(["**", "***"])("fails when %s, which is every branch and every tag, may deploy", (every) => {
  const deploys = (part: object) =>
    messageOf(having({ deploy: { trust: [{ github: "acme/web-app", ...part }] } }));

  expect(deploys({ branch: every })).toContain("this allows every branch to deploy");
  expect(deploys({ tag: every })).toContain("this allows every tag to deploy");
  expect(messageOf(pushing({ github: "acme/web-app", branch: every }))).toBe("");
});

test("fails when push or deploy trusts an environment that anybody can name, and not when plan does", () => {
  const anyEnvironment: Trust = { github: "acme/web-app", environment: "*" };
  const definitions = having({
    push: { app: { repositories: ["web-app"], trust: [main, anyEnvironment] } },
    deploy: { trust: [anyEnvironment] },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security.ci.deploy.trust[0].environment: found "*"; GitHub creates an environment that a job names, without protection, even in a pull request, so a * lets anyone who can push a branch assume this role; use the names of protected environments, one in each entry
    environments/test.ts: security.ci.push.app.trust[1].environment: found "*"; GitHub creates an environment that a job names, without protection, even in a pull request, so a * lets anyone who can push a branch assume this role; use the names of protected environments, one in each entry]
  `);
  expect(loadEnvironments(having({ plan: { trust: [anyEnvironment] } }))).toHaveLength(1);
});

test.each(["*", "**", "prod-*", "*prod", "p*d", "* *"])(
  "fails when push or deploy trusts the environments %s",
  (environment) => {
    const trust = { github: "acme/web-app", environment };

    expect(messageOf(pushing(trust))).toContain("even in a pull request");
    expect(messageOf(having({ deploy: { trust: [trust] } }))).toContain("even in a pull request");
    expect(messageOf(pushing({ ...trust, environment: "prod eu" }))).toBe("");
  },
);

test("fails when pipelines are to plan or deploy with a state on one machine", () => {
  const definitions = having(
    { plan: { trust: [main] }, deploy: { trust: [main] } },
    { state: { backend: "local" } },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security.ci.plan: found {"trust":[{"github":"acme/web-app","branch":"main","pullRequest":false}]}; pipelines cannot access state on a local machine; use state: { backend: "s3", bucket }
    environments/test.ts: security.ci.deploy: found {"trust":[{"github":"acme/web-app","branch":"main","pullRequest":false}],"workloadActions":[]}; pipelines cannot access state on a local machine; use state: { backend: "s3", bucket }]
  `);
});

test("fails when the name of a role is none or too long", () => {
  const role = { repositories: ["web-app"], trust: [main] };
  const definitions = having({ push: { "Web App": role, ["a".repeat(47)]: role, ["b".repeat(46)]: role } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security.ci.push["Web App"]: found "Web App"; a role name has lowercase letters and digits, with single hyphens between them; use a name such as web-app
    environments/test.ts: security.ci.push.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: found "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; the role name would be acme-test-ci-push-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, which has 65 characters, and IAM role names have at most 64; shorten it]
  `);
});

test("fails when a role pushes to more repositories than its policy can name", () => {
  const names = Array.from({ length: 200 }, (_, index) => `service-${index}`);
  const definitions = having(
    { push: { all: { repositories: names, trust: [main] } } },
    { ecr: { repositories: Object.fromEntries(names.map((name) => [name, {}])) } },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: security.ci.push.all.repositories: found "200 repositories"; the policy of the role would have 28221 characters, and IAM allows 10240; distribute them across several roles]`,
  );
});

test("fails with the wrong shape alone when account, Region or names are none", () => {
  for (const wrong of ["accountId", "region", "project", "name"]) {
    const message = messageOf(
      having({ push: { app: { repositories: ["web-app"], trust: [main] } } }, { [wrong]: [] }),
    );

    expect(message).toMatch(new RegExp(`^environments/.*\\.ts: ${wrong}: found \\[\\]; [^\\n]*$`));
  }
});

test("fails when two environments of an account make one identity provider", () => {
  const role = { plan: { trust: [main, { gitlab: "acme/web-app", branch: "main" }] } };
  const definitions = {
    ...having(role),
    ...having(
      { ...role, gitlab: { url: "https://gitlab.example.com" } },
      { name: "second", state: { ...state, createBucket: false } },
    ),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/second.ts: security.ci.github.provider: found "create"; environments/test.ts creates the identity provider for https://token.actions.githubusercontent.com in the same account, which can have only one; set provider: "existing" here]`,
  );
});

test("environments share an identity provider when one makes it, and other accounts have their own", () => {
  const role = { plan: { trust: [main] } };
  const existing = { ...role, github: { provider: "existing" } } as const;
  const other = { name: "second", state: { ...state, createBucket: false } } as const;

  expect(loadEnvironments({ ...having(role), ...having(existing, other) })).toHaveLength(2);
  expect(
    loadEnvironments({ ...having(role), ...having(role, { ...other, accountId: "444455556666" }) }),
  ).toHaveLength(2);
});
