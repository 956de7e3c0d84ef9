import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

type Security = NonNullable<EnvironmentInput["security"]>;

const state = { backend: "s3", bucket: "acme-tfstate" } as const;
const trust = [{ github: "acme/platform", environment: "test" }];
const role = (path: string) => `arn:aws:iam::111122223333:role/${path}`;

/** An environment whose pipelines deploy. */
const deploying = (
  change: Partial<EnvironmentInput>,
  workloadActions: string[] = [],
  security: Security = {},
) =>
  only({
    ...minimal,
    state,
    security: { ...security, ci: { deploy: { trust, workloadActions } } },
    ...change,
  });

test("fails when keys have administrators and the role that deploys is none of them", () => {
  const administrators = [role("ops")];

  expect(messageOf(deploying({}, [], { kms: { administrators } }))).toMatchInlineSnapshot(
    `"environments/test.ts: security.kms.administrators: found ["arn:aws:iam::111122223333:role/ops"]; the role of security.ci.deploy creates and changes the keys, so it must be one of their administrators; add arn:aws:iam::111122223333:role/acme-test-ci-deploy"`,
  );
  const both = [...administrators, role("acme-test-ci-deploy")];
  expect(messageOf(deploying({}, [], { kms: { administrators: both } }))).toBe("");
  expect(messageOf(only({ ...minimal, security: { kms: { administrators } } }))).toBe("");
});

test("fails when repositories give access to roles of the account that a pipeline may not change", () => {
  const repositories = {
    app: { pullRoleArns: [role("build"), role("acme/test-eu/x")], pushRoleArns: [role("acme-test-a")] },
  };

  expect(messageOf(deploying({ ecr: { repositories } }))).toMatchInlineSnapshot(`
    "environments/test.ts: ecr.repositories.app.pullRoleArns[0]: found "arn:aws:iam::111122223333:role/build"; a role in the same account is granted access by an inline policy, which the role of security.ci.deploy may add only to roles of the environment; remove it and add the policy where the role is created
    environments/test.ts: ecr.repositories.app.pullRoleArns[1]: found "arn:aws:iam::111122223333:role/acme/test-eu/x"; a role in the same account is granted access by an inline policy, which the role of security.ci.deploy may add only to roles of the environment; remove it and add the policy where the role is created
    environments/test.ts: ecr.repositories.app.pushRoleArns[0]: found "arn:aws:iam::111122223333:role/acme-test-a"; a role in the same account is granted access by an inline policy, which the role of security.ci.deploy may add only to roles of the environment; remove it and add the policy where the role is created"
  `);
  expect(messageOf(only({ ...minimal, ecr: { repositories } }))).toBe("");
});

test("pipelines give access to roles of other accounts and of their environment", () => {
  const pullRoleArns = [role("acme/test/acme-test-x"), "arn:aws:iam::444455556666:role/build"];

  expect(messageOf(deploying({ ecr: { repositories: { app: { pullRoleArns } } } }))).toBe("");
});

test("actions of workloads are of any service that holds no way to other roles", () => {
  expect(loadEnvironments(deploying({}, ["s3:GetObject", "dynamodb:*", "sqs:Receive*"]))).toHaveLength(1);
});

test.each([
  ...["account", "cloudformation", "ec2", "ecs", "eks", "iam", "kms", "lambda", "organizations"],
  ...["secretsmanager", "ssm", "sso", "sts"],
])("fails when workloads shall have actions of %s", (service) => {
  expect(messageOf(deploying({}, [`${service}:Get*`]))).toContain(
    `environments/test.ts: security.ci.deploy.workloadActions[0]: found "${service}:Get*"; this must be an IAM action of one service other than account, cloudformation, `,
  );
});

test.each(["*", "s*:GetObject", "s3", "s3:", "i?m:PassRole", "IAM:PassRole", "s3:Get*Object"])(
  "fails when an action is written as %s",
  (action) => {
    expect(messageOf(deploying({}, [action]))).toContain("this must be an IAM action of one service");
  },
);

test("fails when the boundary has no room for the actions of workloads", () => {
  const actions = (count: number) =>
    Array.from({ length: count }, (_, i) => `s3:${"Get".repeat(10)}${"ab"[i % 2]}`);

  const found = /found "150 actions"; the actions have (\d+) characters, .* has space for (\d+);/.exec(
    messageOf(deploying({}, actions(150))),
  );
  const [length, space] = [Number(found?.[1]), Number(found?.[2])];
  const fits = Math.floor((150 * space) / length);

  expect(length).toBe(JSON.stringify(actions(150)).length);
  expect(messageOf(deploying({}, actions(fits)))).toBe("");
  expect(messageOf(deploying({}, actions(fits + 1)))).toBe(
    `environments/test.ts: security.ci.deploy.workloadActions: found "${fits + 1} actions"; the actions have ${JSON.stringify(actions(fits + 1)).length} characters, and the permissions boundary has space for ${space}; use fewer actions, with a * at the end`,
  );
});

test.each(["sg", "sg-shop"])("fails when the project is called %s", (project) => {
  expect(messageOf(only({ ...minimal, project }))).toBe(
    `environments/test.ts: project: found "${project}"; a project name has 1 to 30 lowercase letters and digits, with single hyphens between them, and does not start with sg-, which AWS rejects in security group names; use a name such as myproject`,
  );
});

test("a project may begin with the letters sg", () => {
  expect(messageOf(only({ ...minimal, project: "sgx" }))).toBe("");
});
