import { expect, test } from "vitest";
import { deployPermission } from "../../../../modules/ci/deploy-permission";
import { planPermission } from "../../../../modules/ci/plan-permission";
import { roleBoundary } from "../../../../modules/ci/role-boundary";
import { statePermission } from "../../../../modules/ci/state-permission";
import { policyDocument } from "../../../../modules/policy-document";
import { type Call, decide, isAllowed } from "../../../iam-evaluator";

const place = {
  partition: "aws",
  accountId: "111122223333",
  region: "eu-west-1",
  namePrefix: "acme-test",
  project: "acme",
  environment: "test",
};
const boundary = "arn:aws:iam::111122223333:policy/acme-test-role-boundary";
const states = {
  partition: "aws",
  bucket: "acme-tfstate",
  region: "eu-west-1",
  keys: ["acme/security-test/terraform.tfstate", "acme/compute-test/terraform.tfstate"],
  kmsKeyArn: undefined,
};
const plan = [...planPermission(place), ...statePermission(states, "read")];
const deploy = [...deployPermission(place, boundary), ...statePermission(states, "write")];

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const object = (key: string) => `arn:aws:s3:::acme-tfstate/${key}`;
const bounded = { "iam:PermissionsBoundary": boundary };
const ours = { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "test" };

const call = (action: string, resource = "*", context: NonNullable<Call["context"]> = {}): Call => ({
  action,
  resource,
  context,
});

test.each([
  call("ecr:DescribeRepositories", arn("ecr", "repository/acme-test-app")),
  call("iam:GetRolePolicy", role("acme-test-x")),
  call("kms:GetKeyPolicy", arn("kms", "key/1")),
  call("secretsmanager:DescribeSecret", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("s3:GetObject", object("acme/security-test/terraform.tfstate")),
  call("s3:PutObject", object("acme/security-test/terraform.tfstate.tflock")),
  call("s3:DeleteObject", object("acme/security-test/terraform.tfstate.tflock")),
])("a plan may call $action on $resource", (allowed) => {
  expect(isAllowed(plan, allowed)).toBe(true);
});

test.each([
  call("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("secretsmanager:BatchGetSecretValue"),
  call("secretsmanager:PutSecretValue", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("ssm:GetParameter", arn("ssm", "parameter/a")),
  call("kms:Decrypt", arn("kms", "key/1"), { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" }),
  call("kms:Decrypt", arn("kms", "key/1"), {
    "kms:ViaService": "lambda.eu-west-1.amazonaws.com",
    "kms:ResourceAliases": ["alias/acme-prod-secrets"],
  }),
  call("ecr:BatchGetImage", arn("ecr", "repository/acme-test-app")),
  call("ecr:GetAuthorizationToken"),
  call("ecr:PutImage", arn("ecr", "repository/acme-test-app")),
  call("logs:GetLogEvents", arn("logs", "log-group:/aws/events/acme-test/x:*")),
  call("s3:PutObject", object("acme/security-test/terraform.tfstate")),
  call("s3:GetObject", object("acme/security-prod/terraform.tfstate")),
  call("s3:DeleteObject", object("acme/security-test/terraform.tfstate")),
  call("iam:CreateRole", role("acme-test-x"), bounded),
  call("sts:AssumeRole", role("acme-test-ci-deploy")),
])("a plan may not call $action on $resource", (refused) => {
  expect(isAllowed(plan, refused)).toBe(false);
});

test("a plan reads no value of a secret, whatever is attached to its role later", () => {
  const more = { Sid: "All", Effect: "Allow", Action: ["*"], Resource: "*" } as const;

  expect(decide([...plan, more], call("secretsmanager:GetSecretValue"))).toBe("denied");
  expect(decide([...deploy, more], call("secretsmanager:GetSecretValue"))).toBe("denied");
});

test("a plan changes nothing but locks", () => {
  const changing = /:(?!Describe|Get|List|Batch)/;
  const changes = plan
    .filter(({ Effect, Sid }) => Effect === "Allow" && Sid !== "LockStates")
    .flatMap(({ Action }) => Action.filter((action) => changing.test(action)));

  expect(changes).toEqual(["kms:Decrypt"]);
});

test.each([
  call("ecr:CreateRepository", arn("ecr", "repository/acme-test-app")),
  call("ecr:PutReplicationConfiguration"),
  call("kms:CreateKey", "*", { "aws:RequestTag/Project": "acme", "aws:RequestTag/Environment": "test" }),
  call("kms:PutKeyPolicy", arn("kms", "key/1"), ours),
  call("kms:CreateAlias", arn("kms", "alias/acme-test-ecr")),
  call("secretsmanager:CreateSecret", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("logs:CreateLogGroup", arn("logs", "log-group:/aws/events/acme-test/ecr-scan-findings")),
  call("lambda:CreateFunction", arn("lambda", "function:acme-test-processor")),
  call("ecs:CreateService", arn("ecs", "service/acme-test/web-app")),
  ...[
    "ec2:CreateVpcEndpoint",
    "ec2:ReplaceRouteTableAssociation",
    "ec2:CreateLaunchTemplateVersion",
    "ecs:CreateCluster",
  ].map((action) => call(action, "*", { "aws:RequestedRegion": "eu-west-1" })),
  call("ec2:RunInstances", "*", { "ec2:LaunchTemplate": arn("ec2", "launch-template/lt-1") }),
  call("eks:CreateCluster", arn("eks", "cluster/acme-test")),
  call("eks:CreateNodegroup", arn("eks", "cluster/acme-test")),
  call("eks:DeleteAddon", arn("eks", "addon/acme-test/coredns/1")),
  call("ecr:CreatePullThroughCacheRule"),
  call("ecr:DeleteRepositoryCreationTemplate"),
  call("iam:PassRole", role("acme-test-ecr-template"), { "iam:PassedToService": "ecr.amazonaws.com" }),
  call("logs:PutRetentionPolicy", arn("logs", "log-group:/ecs/acme-test/web-app")),
  call("iam:CreateRole", role("acme-test-lambda-a"), bounded),
  call("iam:PassRole", role("acme-test-lambda-a"), { "iam:PassedToService": "lambda.amazonaws.com" }),
  call("s3:PutObject", object("acme/compute-test/terraform.tfstate")),
])("a deployment may call $action on $resource", (allowed) => {
  expect(isAllowed(deploy, allowed)).toBe(true);
});

test.each([
  call("ecr:DeleteRepository", arn("ecr", "repository/acme-prod-app")),
  call("ecr:DeleteRepository", arn("ecr", "repository/acme-testing")),
  call("ecr:PutImage", arn("ecr", "repository/acme-test-app")),
  call("kms:CreateKey"),
  call("kms:PutKeyPolicy", arn("kms", "key/1"), { ...ours, "aws:ResourceTag/Environment": "prod" }),
  call("kms:Decrypt", arn("kms", "key/1"), ours),
  call("secretsmanager:DeleteSecret", arn("secretsmanager", "secret:acme-prod/a-AbCdEf")),
  call("secretsmanager:PutSecretValue", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("lambda:DeleteFunction", arn("lambda", "function:other")),
  call("ec2:RunInstances", "*", { "aws:RequestedRegion": "eu-west-1" }),
  call("ec2:DeleteVpc", "*", { "aws:RequestedRegion": "us-east-1" }),
  call("iam:CreateUser", "arn:aws:iam::111122223333:user/x"),
  call("s3:PutObject", object("acme/compute-prod/terraform.tfstate")),
  call("s3:DeleteObject", object("acme/compute-test/terraform.tfstate")),
])("a deployment may not call $action on $resource", (refused) => {
  expect(isAllowed(deploy, refused)).toBe(false);
});

test.each([
  call("iam:CreateRole", role("acme-test-x")),
  call("iam:CreateRole", role("acme-test-x"), { "iam:PermissionsBoundary": role("other") }),
  call("iam:PutRolePolicy", role("acme-test-x")),
  call("iam:AttachRolePolicy", role("acme-test-x")),
  call("iam:PutRolePolicy", role("admin"), bounded),
  call("iam:PutRolePolicy", role("acme-test-ci-deploy"), bounded),
  call("iam:UpdateAssumeRolePolicy", role("acme-test-ci-push-app")),
  call("iam:UpdateAssumeRolePolicy", role("acme-test-eu-ci-deploy")),
  call("iam:PassRole", role("acme-test-ci-plan"), { "iam:PassedToService": "lambda.amazonaws.com" }),
  call("iam:DeleteRolePermissionsBoundary", role("acme-test-x"), bounded),
  call("iam:CreatePolicyVersion", boundary),
  call("iam:DeletePolicy", boundary),
  call("iam:CreateOpenIDConnectProvider", "arn:aws:iam::111122223333:oidc-provider/evil.example"),
  call("iam:PassRole", role("acme-test-x"), { "iam:PassedToService": "cloudformation.amazonaws.com" }),
  call("iam:PassRole", role("admin"), { "iam:PassedToService": "lambda.amazonaws.com" }),
  call("sts:AssumeRole", role("admin")),
])("who deploys cannot become mightier by $action on $resource", (refused) => {
  expect(isAllowed(deploy, refused)).toBe(false);
});

test.each([
  call("iam:CreateUser"),
  call("iam:CreateRole", role("x")),
  call("iam:PutRolePolicy", role("x")),
  call("iam:PutRolePermissionsBoundary", role("x")),
  call("iam:DeleteRolePermissionsBoundary", role("x")),
  call("iam:CreatePolicyVersion", boundary),
  call("iam:UpdateAssumeRolePolicy", role("acme-test-ci-deploy")),
  call("iam:AddUserToGroup"),
  call("sts:AssumeRole", role("admin")),
  call("organizations:LeaveOrganization"),
  call("s3:PutObject", object("acme/compute-test/terraform.tfstate")),
])("a role inside the boundary never gets $action", (refused) => {
  expect(decide(roleBoundary("aws", "acme-tfstate"), refused)).toBe("denied");
});

test.each([
  call("ecr:BatchGetImage", arn("ecr", "repository/acme-test-app")),
  call("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("logs:PutLogEvents"),
  call("iam:CreateServiceLinkedRole"),
])("a role inside the boundary may get $action", (allowed) => {
  expect(isAllowed(roleBoundary("aws", "acme-tfstate"), allowed)).toBe(true);
});

test("states that are encrypted by a key are read and written with it, through S3 alone", () => {
  const kmsKeyArn = arn("kms", "key/1");
  const key = statePermission({ ...states, kmsKeyArn }, "read").find(({ Sid }) => Sid === "DecryptStates");

  expect(key).toEqual({
    Sid: "DecryptStates",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: kmsKeyArn,
    Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
  });
});

test("the longest names leave the policies as short as IAM demands", () => {
  const project = "p".repeat(30);
  const environment = "e".repeat(20);
  const longest = {
    ...place,
    partition: "aws-us-gov",
    region: "us-gov-northeast-1",
    project,
    environment,
    namePrefix: `${project}-${environment}`,
  };
  const bucket = "b".repeat(63);
  const keys = ["security", "network", "registry-111122223333-us-gov-northeast-1", "compute"].map(
    (layer) => `${project}/${layer}-${environment}/terraform.tfstate`,
  );
  const kmsKeyArn = arn("kms", `key/${"k".repeat(36)}`);
  const written = policyDocument([
    ...deployPermission(
      longest,
      `arn:aws-us-gov:iam::111122223333:policy/${longest.namePrefix}-role-boundary`,
    ),
    ...statePermission({ ...states, bucket, keys, kmsKeyArn }, "write"),
  ]);

  // Of a role's inline policies together, and of one managed policy.
  expect(written.length).toBeLessThanOrEqual(10_240);
  expect(policyDocument(roleBoundary("aws-us-gov", bucket)).length).toBeLessThanOrEqual(6_144);
});
