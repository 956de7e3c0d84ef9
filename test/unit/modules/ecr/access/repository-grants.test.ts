import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { expect, test } from "vitest";
import { own, RepositoryStack } from "../../../../support/ecr/repository-stack";

const other = "444455556666";
const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const push = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];
const arn = (name = "acme-app") => `arn:aws:ecr:eu-west-1:${own}:repository/${name}`;

const logIn = {
  Sid: "LogIn",
  Effect: "Allow",
  Action: ["ecr:GetAuthorizationToken"],
  Resource: "*",
};
const pullImages = (...names: string[]) => ({
  Sid: "PullImages",
  Effect: "Allow",
  Action: pull,
  Resource: names.map(arn),
});
const pushImages = (...names: string[]) => ({
  Sid: "PushImages",
  Effect: "Allow",
  Action: push,
  Resource: names.map(arn),
});

const grants = ["grantPull", "grantPush", "grantPullPush"] as const;
const identity = {
  grantPull: [logIn, pullImages("acme-app")],
  grantPush: [logIn, pushImages("acme-app")],
  grantPullPush: [logIn, pullImages("acme-app"), pushImages("acme-app")],
};

const fromRoles = (Sid: string, Action: string[]) => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS: [`arn:aws:iam::${other}:root`] },
  Action,
  Condition: { ArnEquals: { "aws:PrincipalArn": [`arn:aws:iam::${other}:role/ci/build`] } },
});
const resource = {
  grantPull: [fromRoles("PullFromRoles", pull)],
  grantPush: [fromRoles("PushFromRoles", push)],
  grantPullPush: [fromRoles("PullFromRoles", pull), fromRoles("PushFromRoles", push)],
};

test.each(grants)("%s to a role of the stack writes the policy of the role and no other", (grant) => {
  const stack = new RepositoryStack();
  const role = new IamRole(stack, "task", { name: "task", assumeRolePolicy: "{}" });

  const returned = stack.repository()[grant](role);

  expect(stack.statementsOfRoles()).toEqual({ "${aws_iam_role.task.name}": identity[grant] });
  expect(stack.statements()).toEqual([]);
  expect(returned).toEqual(identity[grant]);
});

test.each(grants)(
  "%s to a role of the account, by name or by ARN, writes the policy of the role",
  (grant) => {
    const stack = new RepositoryStack();
    const repository = stack.repository();

    repository[grant]({ roleName: "task" });
    repository[grant]({ roleArn: `arn:aws:iam::${own}:role/ci/build` });

    expect(stack.statementsOfRoles()).toEqual({ task: identity[grant], build: identity[grant] });
    expect(stack.statements()).toEqual([]);
  },
);

test.each(grants)("%s to a role of another account writes the policy of the repository", (grant) => {
  const stack = new RepositoryStack();

  const returned = stack.repository()[grant]({ roleArn: `arn:aws:iam::${other}:role/ci/build` });

  expect(stack.statements()).toEqual(resource[grant]);
  expect(stack.statementsOfRoles()).toEqual({});
  expect(returned).toEqual(identity[grant]);
});

test("a role has one policy for all repositories, however it is given", () => {
  const stack = new RepositoryStack();
  const [web, api] = [stack.repository("acme-web"), stack.repository("acme-api")];

  web.grantPull({ roleName: "build" });
  web.grantPull({ roleArn: `arn:aws:iam::${own}:role/ci/build` });
  api.grantPullPush({ roleName: "build" });

  expect(stack.statementsOfRoles()).toEqual({
    build: [logIn, pullImages("acme-api", "acme-web"), pushImages("acme-api")],
  });
});

test("Terraform completes the name of a role's policy, so that two stacks can each have one", () => {
  const stack = new RepositoryStack();

  stack.repository().grantPull({ roleName: "task" });

  expect(stack.resources("aws_iam_role_policy")).toEqual([
    expect.objectContaining({ role: "task", name_prefix: "ecr-" }),
  ]);
});

test("grants to accounts become one statement", () => {
  const stack = new RepositoryStack();
  const repository = stack.repository();

  repository.grantPullToAccount("777788889999");
  repository.grantPullToAccount(other, "777788889999");

  expect(stack.statements()).toEqual([
    {
      Sid: "PullFromAccounts",
      Effect: "Allow",
      Principal: { AWS: [`arn:aws:iam::${other}:root`, "arn:aws:iam::777788889999:root"] },
      Action: pull,
    },
  ]);
});

test("organizations may pull, as a whole and in part", () => {
  const stack = new RepositoryStack();
  const repository = stack.repository();

  repository.grantPullToOrganization({ organizationId: "o-zzzzzzzzzz" });
  repository.grantPullToOrganization({ organizationId: "o-a1b2c3d4e5" });
  repository.grantPullToOrganization({ paths: ["o-b1b2c3d4e5/r-cd34/"] });
  repository.grantPullToOrganization({ paths: ["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"] });

  expect(stack.statements()).toEqual([
    {
      Sid: "PullFromOrganizationPaths",
      Effect: "Allow",
      Principal: "*",
      Action: pull,
      Condition: {
        "ForAnyValue:StringLike": {
          "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*", "o-b1b2c3d4e5/r-cd34/"],
        },
      },
    },
    {
      Sid: "PullFromOrganizations",
      Effect: "Allow",
      Principal: "*",
      Action: pull,
      Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-zzzzzzzzzz"] } },
    },
  ]);
});

const lambdaOfOwn = {
  Sid: "LambdaECRImageRetrievalPolicy",
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: pull,
  Condition: { ArnLike: { "aws:sourceArn": [`arn:aws:lambda:eu-west-1:${own}:function:*`] } },
};

test.each([[undefined], [{}], [{ accountIds: [own] }]])(
  "Lambda may pull for the account's functions with %j",
  (grant) => {
    const stack = new RepositoryStack();

    stack.repository().grantPullToLambda(grant);

    expect(stack.statements()).toEqual([lambdaOfOwn]);
  },
);

test("Lambda may pull for functions of another account, with both statements of AWS and no third", () => {
  const stack = new RepositoryStack();

  stack.repository().grantPullToLambda({ accountIds: [other] });

  expect(stack.statements()).toEqual([
    {
      ...lambdaOfOwn,
      Sid: "LambdaECRImageCrossAccountRetrievalPolicy",
      Condition: { ArnLike: { "aws:sourceArn": [`arn:aws:lambda:eu-west-1:${other}:function:*`] } },
    },
    {
      Sid: "PullFromAccounts",
      Effect: "Allow",
      Principal: { AWS: [`arn:aws:iam::${other}:root`] },
      Action: pull,
    },
  ]);
});

test("a grant to nobody creates no policy", () => {
  const stack = new RepositoryStack();
  const repository = stack.repository();

  repository.grantPullToAccount();
  repository.grantPullToOrganization({ paths: [] });
  repository.grantPullToLambda({ accountIds: [] });

  expect(stack.resources("aws_ecr_repository_policy")).toEqual([]);
});

test("an IAM policy variable in a statement is not a Terraform expression", () => {
  const stack = new RepositoryStack();
  const Condition = { StringEquals: { "aws:PrincipalTag/team": ["${aws:ResourceTag/team}"] } };

  stack.repository().addToPolicy({ Sid: "Team", Effect: "Allow", Principal: "*", Action: pull, Condition });

  const [policy] = stack.resources("aws_ecr_repository_policy");
  expect(policy?.["policy"]).toContain('"$${aws:ResourceTag/team}"');
});

test("a statement may contain values that are unknown until deploy", () => {
  const stack = new RepositoryStack();
  const role = new IamRole(stack, "task", { name: "task", assumeRolePolicy: "{}" });

  stack.repository("acme-app", {
    policyStatements: [{ Sid: "Deny", Effect: "Deny", Principal: { AWS: [role.arn] }, Action: pull }],
  });

  expect(stack.statements()[0]?.Principal).toEqual({ AWS: ["${aws_iam_role.task.arn}"] });
});
