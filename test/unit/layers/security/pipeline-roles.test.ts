import { Testing } from "cdktf";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { literalEnvironment } from "../../../../environments/plan/literal-environment";
import { SecurityLayer } from "../../../../layers/security/security-layer";
import type { Statement } from "../../../../modules/iam/policy-document";
import { ServiceRoleModule } from "../../../../modules/iam/service-role-module";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { type Call, isAllowed } from "../../../support/iam-evaluator";
import { bareApp, synth } from "../../../support/synth";

type Ci = NonNullable<NonNullable<EnvironmentInput["security"]>["ci"]>;

const state = { backend: "s3", bucket: "acme-tfstate" } as const;
const ecr = { repositories: { "web-app": {}, "web-app-admin": {}, worker: {} } };
const main = { github: "acme/web-app", branch: "main" } as const;
const everything: Ci = {
  gitlab: { provider: "existing", audience: "aws" },
  push: {
    "web-app": { repositories: ["web-app"], trust: [main] },
    all: { repositories: ["worker", "web-app"], trust: [main, { gitlab: "acme/worker", tag: "v*" }] },
  },
  plan: { trust: [{ github: "acme/web-app", pullRequest: true }] },
  deploy: { trust: [{ github: "acme/web-app", environment: "test" }] },
};

const security = (ci: Ci, change: Partial<EnvironmentInput> = {}) =>
  synth(only({ ...minimal, state, ecr, security: { ci }, ...change }))["security-test"] ?? {};

/** Trust and permissions of each role, by its name. */
function rolesIn(json: ReturnType<typeof security>) {
  const { aws_iam_role: roles = {}, aws_iam_role_policy: policies = {} } = json["resource"];
  const named = Object.values<{ name: string; policy: { Statement: Statement[] } }>(policies);
  return Object.fromEntries(
    Object.values<{ name: string; assume_role_policy: { Statement: Statement[] } }>(roles).map((role) => [
      role.name,
      {
        trust: role.assume_role_policy.Statement,
        may: named.find(({ name }) => name === role.name)?.policy.Statement ?? [],
      },
    ]),
  );
}

const roles = rolesIn(security(everything));

const repository = (name: string, accountId = "111122223333", region = "eu-west-1") =>
  `arn:aws:ecr:${region}:${accountId}:repository/${name}`;

const pushing = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

test("pipelines without a word about them get nothing", () => {
  expect(rolesIn(synth(only(minimal))["security-test"] ?? {})).toEqual({});
});

test("the roles are those of the file", () => {
  expect(Object.keys(roles).toSorted()).toEqual([
    "acme-test-ci-deploy",
    "acme-test-ci-plan",
    "acme-test-ci-push-all",
    "acme-test-ci-push-web-app",
  ]);
});

test("a role that pushes may log in, and push to and pull from its repositories, statement by statement", () => {
  expect(roles["acme-test-ci-push-web-app"]?.may).toEqual([
    { Sid: "LogIn", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
    {
      Sid: "PullImages",
      Effect: "Allow",
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: [repository("acme-test-web-app")],
    },
    {
      Sid: "PushImages",
      Effect: "Allow",
      Action: pushing.filter((action) => action !== "ecr:GetDownloadUrlForLayer"),
      Resource: [repository("acme-test-web-app")],
    },
  ]);
});

test("a role that pushes reaches its repositories and nothing else", () => {
  const { may = [] } = roles["acme-test-ci-push-web-app"] ?? {};
  const can = (action: string, resource: string) => isAllowed(may, { action, resource } satisfies Call);

  for (const action of pushing) {
    expect([action, can(action, repository("acme-test-web-app"))]).toEqual([action, true]);
    for (const other of [
      repository("acme-test-web-app-admin"),
      repository("acme-test-worker"),
      repository("acme-prod-web-app"),
      repository("acme-test-web-app", "999988887777"),
      repository("acme-test-web-app", "111122223333", "us-east-1"),
    ])
      expect([action, other, can(action, other)]).toEqual([action, other, false]);
  }
  for (const action of [
    "ecr:BatchDeleteImage",
    "ecr:DeleteLifecyclePolicy",
    "ecr:DeleteRepository",
    "ecr:PutImageTagMutability",
    "ecr:PutLifecyclePolicy",
    "ecr:SetRepositoryPolicy",
    "iam:PassRole",
    "kms:Decrypt",
    "secretsmanager:GetSecretValue",
  ])
    expect([action, can(action, repository("acme-test-web-app"))]).toEqual([action, false]);
});

test("a role trusts the pipelines of its own entry, of each service by its own audience", () => {
  const { trust = [] } = roles["acme-test-ci-push-all"] ?? {};
  const takes = (issuer: string, sub: string, aud: string) =>
    isAllowed(trust, {
      action: "sts:AssumeRoleWithWebIdentity",
      principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
      context: { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud },
    });
  const [github, gitlab] = ["token.actions.githubusercontent.com", "gitlab.com"];

  expect(takes(github, "repo:acme/web-app:ref:refs/heads/main", "sts.amazonaws.com")).toBe(true);
  expect(takes(gitlab, "project_path:acme/worker:ref_type:tag:ref:v1", "aws")).toBe(true);
  expect(takes(gitlab, "project_path:acme/worker:ref_type:tag:ref:v1", "https://gitlab.com")).toBe(false);
  expect(takes(gitlab, "project_path:acme/worker:ref_type:branch:ref:v1", "aws")).toBe(false);
  expect(takes(gitlab, "repo:acme/web-app:ref:refs/heads/main", "sts.amazonaws.com")).toBe(false);
  expect(takes(github, "repo:acme/web-app:pull_request", "sts.amazonaws.com")).toBe(false);
});

test("an identity provider is made where the file says so, and awaited by every role", () => {
  const { aws_iam_openid_connect_provider: providers, aws_iam_role: all } = security(everything)["resource"];

  expect(Object.values(providers)).toEqual([
    { url: "https://token.actions.githubusercontent.com", client_id_list: ["sts.amazonaws.com"] },
  ]);
  for (const role of Object.values<{ depends_on: string[] }>(all))
    expect(role.depends_on).toEqual(
      Object.keys(providers).map((id) => `aws_iam_openid_connect_provider.${id}`),
    );
});

test("users get the ARNs as outputs", () => {
  const { output } = security(everything);

  expect(Object.keys(output.ci_push_role_arns.value)).toEqual(["all", "web-app"]);
  expect(output.ci_plan_role_arn.value).toBe("${aws_iam_role.ci_plan.arn}");
  expect(output.ci_deploy_role_arn.value).toBe("${aws_iam_role.ci_deploy.arn}");
});

test("the states within reach are those of the environment's own stacks", () => {
  const find = (role: string, Sid: string) => roles[role]?.may.find((one) => one.Sid === Sid)?.Resource;
  const states = ["compute-test", "registry-111122223333-eu-west-1", "security-test"].map(
    (stack) => `arn:aws:s3:::acme-tfstate/acme/${stack}/terraform.tfstate`,
  );

  expect(find("acme-test-ci-plan", "ReadStates")).toEqual(states);
  expect(find("acme-test-ci-deploy", "WriteStates")).toEqual(states);
});

test("the states of replicas are one pattern, so that the policy has room for 25 Regions", () => {
  const replicationDestinations = ["us-east-1", "us-west-2"].map((region) => ({ region }));
  const worker = { enableReplication: true, replicationDestinations };
  const plan = rolesIn(security(everything, { ecr: { repositories: { ...ecr.repositories, worker } } }))[
    "acme-test-ci-plan"
  ];

  expect(plan?.may.find(({ Sid }) => Sid === "ReadStates")?.Resource).toEqual(
    [
      ...["compute-test", "registry-111122223333-*", "registry-111122223333-eu-west-1"],
      ...["replicas-test", "security-test"],
    ].map((stack) => `arn:aws:s3:::acme-tfstate/acme/${stack}/terraform.tfstate`),
  );
});

test("fails when state keys make the policies of pipeline roles longer than IAM allows", () => {
  const problems = (keyPrefix: string) =>
    messageOf(only({ ...minimal, state: { ...state, keyPrefix }, ecr, security: { ci: everything } }));

  expect(problems("p".repeat(300))).toBe("");
  expect(problems("p".repeat(900)).replace(/p{900}/, "p…")).toMatchInlineSnapshot(
    `"environments/test.ts: state.keyPrefix: found "ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp…; with the state keys, a policy of the deploy role of security.ci would have 12536 characters, and IAM allows 10240; shorten the prefix"`,
  );
});

test("where pipelines deploy, every role but theirs is bounded, after the boundary is there", () => {
  const bounded = (ci: Ci) => {
    const [environment] = loadEnvironments(only({ ...minimal, state, ecr, security: { ci } }));
    if (environment === undefined) throw new Error("no environment");
    const layer = new SecurityLayer(bareApp(), literalEnvironment(environment));
    const props = { description: "d", service: "lambda.amazonaws.com", statements: [] };
    new ServiceRoleModule(layer, "function", { ...props, name: "acme-test-lambda-a" });
    const all = JSON.parse(Testing.synth(layer)).resource.aws_iam_role;
    return Object.values<{ name: string; permissions_boundary?: string; depends_on?: string[] }>(all)
      .filter((role) => role.permissions_boundary !== undefined)
      .map((role) => [role.name, role.permissions_boundary, role.depends_on]);
  };

  expect(bounded({ plan: everything.plan })).toEqual([]);
  expect(bounded(everything)).toEqual([
    [
      "acme-test-lambda-a",
      "arn:aws:iam::111122223333:policy/acme-test-role-boundary",
      ["aws_iam_policy.ci_role_boundary"],
    ],
  ]);
});
