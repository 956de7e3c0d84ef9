import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { App, Fn } from "cdktf";
import { expect, test } from "vitest";
import { EcrRolePolicy } from "../../../../../modules/ecr/access/ecr-role-policy";
import { RepositoryGrants } from "../../../../../modules/ecr/access/repository-grants";
import { EcrModule } from "../../../../../modules/ecr/ecr-module";
import type { ResourceStatement, Statement } from "../../../../../modules/iam/policy-document";
import { own, RepositoryStack, region } from "../../../../support/ecr/repository-stack";

const repository = () => new RepositoryStack().repository();

const statement: Statement = {
  Sid: "PullFromBuildRole",
  Effect: "Allow",
  Principal: "*",
  Action: ["ecr:BatchGetImage"],
};

test("fails when a grant is to an invalid account ID or the repository's own account", () => {
  expect(() => repository().grantPullToAccount("1234")).toThrowErrorMatchingInlineSnapshot(
    `[Error: acme-app: found "1234"; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"]`,
  );
  expect(() => repository().grantPullToAccount(own)).toThrowErrorMatchingInlineSnapshot(
    `[Error: acme-app: found "111122223333"; this is the repository's own account, which needs no permission here; remove it]`,
  );
  expect(() => repository().grantPullToLambda({ accountIds: ["1234"] })).toThrowErrorMatchingInlineSnapshot(
    `[Error: acme-app: found "1234"; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"]`,
  );
});

test.each(["", "o-short", "a1b2c3d4e5", "o-A1B2C3D4E5", "o-*", `o-${"a".repeat(33)}`])(
  "fails when an organization is %j",
  (organizationId) => {
    expect(() => repository().grantPullToOrganization({ organizationId })).toThrow(
      `acme-app: found ${JSON.stringify(organizationId)}; an organization ID is o- and 10 to 32 lowercase letters and digits; use an ID such as "o-a1b2c3d4e5"`,
    );
  },
);

test.each([
  "o-a1b2c3d4e5",
  "o-a1b2c3d4e5/*",
  "o-a1b2c3d4e5/r-ab12",
  "o-a1b2c3d4e5/r-ab12*",
  "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111",
  "o-a1b2c3d4e5/*/ou-ab12-11111111/*",
  "*",
])("fails when a path is %j", (path) => {
  expect(() => repository().grantPullToOrganization({ paths: [path] })).toThrow(
    `acme-app: found ${JSON.stringify(path)}; a path leads from the organization to a root or an OU and ends with /* (all accounts below) or / (accounts directly in it); use a path such as "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"`,
  );
});

test.each([
  "arn:aws:iam::444455556666:user/build",
  "arn:aws:sts::444455556666:assumed-role/build/session",
  "arn:aws:iam::444455556666:role/*",
  "arn:aws:iam::444455556666:role/build-?",
  "arn:aws:iam::444455556666:role/",
  "arn:aws:iam::4444:role/build",
])("fails when a role is %s", (roleArn) => {
  expect(() => repository().grantPull({ roleArn })).toThrow(
    `test/acme-app: found "${roleArn}"; this must be the ARN of one IAM role, without wildcards; use arn:aws:iam::<account>:role/<path and name>`,
  );
});

test.each(["", "ci/build", "*", "a".repeat(65)])("fails when a role is called %j", (roleName) => {
  expect(() => repository().grantPull({ roleName })).toThrow(
    `test/acme-app: found ${JSON.stringify(roleName)}; a role name has 1 to 64 letters, digits and _+=,.@-; use the name without the path`,
  );
});

test("fails when the policy of a repository would name a role of its own account", () => {
  const grants = new RepositoryGrants({ name: "acme-app", accountId: own, region });

  expect(() => grants.grantToRole(`arn:aws:iam::${own}:role/task`, ["pull"])).toThrow(
    `acme-app: found "arn:aws:iam::${own}:role/task"; a role in the repository's own account is granted access by its own policy; attach a policy to the role`,
  );
});

test("fails when a role belongs to another stack", () => {
  const app = new App();
  const [stack, security] = [new RepositoryStack(app, "compute"), new RepositoryStack(app, "security")];
  const role = new IamRole(security, "task", { assumeRolePolicy: "{}" });

  expect(() => stack.repository().grantPull(role)).toThrowErrorMatchingInlineSnapshot(
    `[Error: compute/acme-app: found the role security/task; it belongs to another stack, and stacks do not reference each other; pass { roleName } or { roleArn }]`,
  );
});

test("fails when the name or ARN of a role is unknown until deploy, unless the policy of the role is given", () => {
  const stack = new RepositoryStack();
  const unknown = Fn.lower("task");

  expect(() => stack.repository("a1").grantPull({ roleArn: unknown })).toThrowErrorMatchingInlineSnapshot(
    `[Error: test/a1: found a role ARN that is unknown until deploy; pass the role itself, or a new EcrRolePolicy(stack, id, { roleName })]`,
  );
  expect(() => stack.repository("a2").grantPull({ roleName: unknown })).toThrowErrorMatchingInlineSnapshot(
    `[Error: test/a2: found a role name that is unknown until deploy; pass the role itself, or a new EcrRolePolicy(stack, id, { roleName })]`,
  );
  stack.repository("a3").grantPull(new EcrRolePolicy(stack, "task_ecr", { roleName: unknown }));
  expect(Object.keys(stack.statementsOfRoles())).toEqual(['${lower("task")}']);
});

test.each<[string, ResourceStatement, string]>([
  [
    "a Sid with a line break",
    { ...statement, Sid: "a\nb" },
    "a Sid cannot contain control characters or braces",
  ],
  [
    "a Resource",
    { ...statement, Resource: "arn:aws:ecr:eu-west-1:111122223333:repository/acme-app" },
    "a repository policy always applies to its repository; remove the element",
  ],
  [
    "a misspelled action",
    { ...statement, Action: ["ecr:BatchGetImagee"] },
    'ECR has no such action; did you mean "ecr:BatchGetImage"?',
  ],
  [
    "no principal",
    { Effect: "Allow", Action: statement.Action },
    "a statement needs a principal; add Principal",
  ],
  [
    "a principal of another partition",
    { ...statement, Principal: { AWS: "arn:aws-cn:iam::444455556666:root" } },
    "a policy applies only within its own partition; use a principal in the partition aws",
  ],
  [
    "an operator that is none",
    { ...statement, Condition: { StringEqualz: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } },
    'IAM has no such condition operator; did you mean "StringEquals"?',
  ],
  [
    "an operator named like the prototype of objects",
    { ...statement, Condition: JSON.parse('{"__proto__":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}') },
    "IAM has no such condition operator",
  ],
])("fails when a statement has %s", (_, added, advice) => {
  expect(() => repository().addToPolicy(added)).toThrow(advice);
});

test("statements may have no Sid, one with spaces, and the same as others", () => {
  const stack = new RepositoryStack();
  const module = stack.repository();
  const { Sid: _, ...unnamed } = statement;
  module.grantPullToAccount("444455556666");

  module.addToPolicy(unnamed);
  module.addToPolicy({ ...statement, Sid: "new policy" });
  module.addToPolicy({ ...statement, Sid: "PullFromAccounts" });
  module.addToPolicy({ ...statement, Sid: "PullFromAccounts" });
  module.addToPolicy({ ...statement, Sid: "PullFromAccounts", Effect: "Deny" });

  expect(stack.statements().map(({ Sid }) => Sid)).toEqual([
    undefined,
    ...Array(3).fill("PullFromAccounts"),
    "new policy",
  ]);
});

test("fails when the policy of a repository is longer than ECR allows, with the repository and the remedies", () => {
  const stack = new RepositoryStack();
  const accounts = Array.from({ length: 400 }, (_, index) => String(444455550000 + index));
  stack.repository().grantPullToAccount(...accounts);

  expect(() => stack.statements()).toThrow(
    'acme-app: found "1 policy statements"; its policy would have 13364 characters, and ECR allows 10240; grant access to an organization, to accounts instead of their roles, or use fewer accounts and statements',
  );
});

test("fails when the policy of a role is granted nothing", () => {
  const stack = new RepositoryStack();
  new EcrRolePolicy(stack, "task_ecr", { roleName: "task" });

  expect(() => stack.statementsOfRoles()).toThrow(
    "test/task_ecr: found no grants; IAM rejects a policy without statements; grant the role access to a repository or remove the policy",
  );
});

test("fails when the policy of a role is longer than IAM allows", () => {
  const stack = new RepositoryStack();
  for (let index = 0; index < 200; index++)
    stack.repository(`acme-service-${index}`).grantPull({ roleName: "build" });

  expect(() => stack.statementsOfRoles()).toThrow(
    "test/ecr_role_policies/build: found 200 grants; the inline policy of the role would have 13126 characters, and IAM allows 10240; attach your own policy to the role with a pattern such as arn:aws:ecr:<region>:<account>:repository/<project>-*",
  );
});

test.each([
  "alias/images",
  "1234abcd-12ab-34cd-56ef-1234567890ab",
  "arn:aws:kms:eu-west-1:111122223333:alias/images",
])("fails when images are to be encrypted with the key %s", (kmsKeyArn) => {
  const encryption = { type: "KMS", kmsKeyArn } as const;

  expect(() => new RepositoryStack().repository("acme-app", { encryption })).toThrow(
    `test/acme-app: encryption.kmsKeyArn: found "${kmsKeyArn}"; this must be the ARN of a KMS key, not an ID or an alias; use arn:aws:kms:<region>:<account>:key/<id>`,
  );
});

const elsewhere = { name: "acme-base", accountId: "444455556666", region };

test("a repository that is created elsewhere has its URL, ARN and name", () => {
  const base = EcrModule.fromName(new RepositoryStack(), "base", elsewhere);
  const china = EcrModule.fromName(new RepositoryStack(), "base", { ...elsewhere, region: "cn-north-1" });

  expect(base).toMatchObject({
    repositoryUrl: "444455556666.dkr.ecr.eu-west-1.amazonaws.com/acme-base",
    repositoryArn: "arn:aws:ecr:eu-west-1:444455556666:repository/acme-base",
    repositoryName: "acme-base",
    registryId: "444455556666",
  });
  expect(china).toMatchObject({
    repositoryUrl: "444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn/acme-base",
    repositoryArn: "arn:aws-cn:ecr:cn-north-1:444455556666:repository/acme-base",
  });
});

test("a role may be granted access to a repository that is created elsewhere, in its own policy only", () => {
  const stack = new RepositoryStack();

  EcrModule.fromName(stack, "base", elsewhere).grantPull({ roleName: "task" });

  expect(stack.statementsOfRoles()["task"]?.map(({ Resource }) => Resource)).toEqual([
    "*",
    ["arn:aws:ecr:eu-west-1:444455556666:repository/acme-base"],
  ]);
  expect(stack.resources("aws_ecr_repository_policy")).toEqual([]);
});

test.each<[string, (module: ReturnType<typeof EcrModule.fromName>) => unknown, string]>([
  ["accounts", (base) => base.grantPullToAccount(own), '["111122223333"]'],
  [
    "an organization",
    (base) => base.grantPullToOrganization({ organizationId: "o-a1b2c3d4e5" }),
    '{"organizationId":"o-a1b2c3d4e5"}',
  ],
  ["Lambda", (base) => base.grantPullToLambda(), '"lambda.amazonaws.com"'],
  ["a statement", (base) => base.addToPolicy(statement), '"PullFromBuildRole"'],
  [
    "a role by ARN",
    (base) => base.grantPull({ roleArn: `arn:aws:iam::${own}:role/task` }),
    `"arn:aws:iam::${own}:role/task"`,
  ],
])(
  "fails when the policy of a repository that is created elsewhere would have to grant %s",
  (_, grant, found) => {
    const base = EcrModule.fromName(new RepositoryStack(), "base", elsewhere);

    expect(() => grant(base)).toThrow(
      `acme-base: found ${found}; this grant belongs in the policy of the repository, which is created elsewhere (account 444455556666, eu-west-1); grant it there, or use { roleName } here for a role in the account that the stack deploys to`,
    );
  },
);

test("fails when a repository that is created elsewhere cannot exist", () => {
  const from = (change: object) => () =>
    EcrModule.fromName(new RepositoryStack(), "base", { ...elsewhere, ...change });

  expect(from({ name: "Acme" })).toThrowErrorMatchingInlineSnapshot(
    `[Error: test/base: found "Acme"; no ECR repository can have the name "Acme"; use the full name without the registry, for example "team/tool"]`,
  );
  expect(from({ accountId: "4444" })).toThrowErrorMatchingInlineSnapshot(
    `[Error: test/base: found "4444"; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"]`,
  );
});

test("fails when a role is granted access of an unknown kind", () => {
  const grants = new RepositoryGrants({ name: "acme-app", accountId: own, region });

  expect(() =>
    grants.grantToRole("arn:aws:iam::444455556666:role/build", ["admin"] as never),
  ).toThrowErrorMatchingInlineSnapshot(
    `[Error: acme-app: found "admin"; access is pull or push; use one of the two]`,
  );
});
