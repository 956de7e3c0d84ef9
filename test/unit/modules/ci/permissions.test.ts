import { expect, test } from "vitest";
import { deployPermission } from "../../../../modules/ci/deploy-permission";
import { networkPermission } from "../../../../modules/ci/network-permission";
import { planPermission } from "../../../../modules/ci/plan-permission";
import { statePermission } from "../../../../modules/ci/state-permission";
import { type Call, decide, isAllowed } from "../../../support/iam-evaluator";
import { acmeTest as place } from "../../../support/managed-environment";

const boundary = "arn:aws:iam::111122223333:policy/acme-test-role-boundary";
const states = {
  partition: "aws",
  bucket: "acme-tfstate",
  region: "eu-west-1",
  keys: ["acme/security-test/terraform.tfstate", "acme/compute-test/terraform.tfstate"],
  kmsKeyArn: undefined,
};
const plan = [...planPermission(place), ...statePermission(states, "read")];
const deploy = [
  ...deployPermission(place, { boundaryArn: boundary }),
  ...networkPermission(place),
  ...statePermission(states, "write"),
];

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const inside = (name: string) => role(`acme/test/${name}`);
const object = (key: string) => `arn:aws:s3:::acme-tfstate/${key}`;
const bounded = { "iam:PermissionsBoundary": boundary };
const requested = { "aws:RequestTag/Project": "acme", "aws:RequestTag/Environment": "test" };
const ours = { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "test" };

const template = { "ec2:LaunchTemplate": arn("ec2", "launch-template/lt-1") };

const call = (action: string, resource = "*", context: NonNullable<Call["context"]> = {}): Call => ({
  action,
  resource,
  context,
});

test.each([
  call("ecr:DescribeRepositories", arn("ecr", "repository/acme-test-app")),
  call("iam:GetRolePolicy", inside("acme-test-x")),
  call("lambda:GetFunction", arn("lambda", "function:acme-test-x")),
  call("lambda:ListFunctions"),
  call("kms:GetKeyPolicy", arn("kms", "key/1")),
  call("secretsmanager:DescribeSecret", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("s3:GetObject", object("acme/security-test/terraform.tfstate")),
])("a plan may call $action on $resource", (allowed) => {
  expect(isAllowed(plan, allowed)).toBe(true);
});

test.each([
  call("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("secretsmanager:BatchGetSecretValue"),
  call("secretsmanager:PutSecretValue", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("ssm:GetParameter", arn("ssm", "parameter/a")),
  call("lambda:GetFunction", arn("lambda", "function:other")),
  call("lambda:GetLayerVersion", arn("lambda", "layer:other:1")),
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
  ...["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].map((action) =>
    call(action, object("acme/security-test/terraform.tfstate.tflock")),
  ),
  call("iam:CreateRole", role("acme-test-x"), bounded),
  call("sts:AssumeRole", role("acme-test-ci-deploy")),
])("a plan may not call $action on $resource", (refused) => {
  expect(isAllowed(plan, refused)).toBe(false);
});

test("a plan reads no secret value, whatever is attached to its role later", () => {
  const more = { Sid: "All", Effect: "Allow", Action: ["*"], Resource: "*" } as const;

  expect(decide([...plan, more], call("secretsmanager:GetSecretValue"))).toBe("denied");
  expect(decide([...deploy, more], call("secretsmanager:GetSecretValue"))).toBe("denied");
});

test("a plan changes nothing", () => {
  const changing = /:(?!Describe|Get|List|Batch)/;
  const changes = plan
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action.filter((action) => changing.test(action)));

  expect(changes).toEqual(["kms:Decrypt"]);
});

test.each([
  call("ecr:CreateRepository", arn("ecr", "repository/acme-test-app")),
  call("ecr:PutReplicationConfiguration"),
  call("kms:CreateKey", "*", requested),
  call("kms:TagResource", "*", requested),
  call("kms:TagResource", arn("kms", "key/1"), ours),
  call("kms:PutKeyPolicy", arn("kms", "key/1"), ours),
  call("kms:CreateAlias", arn("kms", "alias/acme-test-ecr")),
  call("secretsmanager:CreateSecret", arn("secretsmanager", "secret:acme-test/a-AbCdEf")),
  call("logs:CreateLogGroup", arn("logs", "log-group:/aws/events/acme-test/ecr-scan-findings")),
  call("lambda:CreateFunction", arn("lambda", "function:acme-test-processor")),
  call("ecs:CreateService", arn("ecs", "service/acme-test/web-app")),
  ...[
    "ec2:CreateVpcEndpoint",
    "ec2:DeleteNetworkInterface",
    "ec2:DetachNetworkInterface",
    "ecs:CreateCluster",
  ].map((action) => call(action, "*", { "aws:RequestedRegion": "eu-west-1" })),
  ...[
    "ec2:CreateLaunchTemplateVersion",
    "ec2:DeleteSecurityGroup",
    "ec2:DeleteVpc",
    "ec2:ReplaceRouteTableAssociation",
    "elasticloadbalancing:CreateListener",
  ].map((action) => call(action, "*", ours)),
  call("ec2:CreateLaunchTemplate", arn("ec2", "launch-template/*"), requested),
  call("elasticloadbalancing:CreateLoadBalancer", "*", requested),
  call("elasticloadbalancing:AddTags", "*", { "elasticloadbalancing:CreateAction": "CreateListener" }),
  call("ec2:CreateTags", arn("ec2", "vpc/vpc-1"), { "ec2:CreateAction": "CreateVpc" }),
  call("ec2:CreateTags", arn("ec2", "vpc/vpc-1"), ours),
  call("ec2:CreateTags", arn("ec2", "security-group/sg-1"), requested),
  call("ec2:AuthorizeSecurityGroupIngress", arn("ec2", "security-group-rule/*")),
  call("ec2:RunInstances", arn("ec2", "launch-template/lt-1"), ours),
  call("ec2:RunInstances", arn("ec2", "instance/*"), template),
  call("ec2:RunInstances", "arn:aws:ec2:eu-west-1::image/ami-1", template),
  call("route53:AssociateVPCWithHostedZone", "arn:aws:route53:::hostedzone/Z1"),
  call("route53:DisassociateVPCFromHostedZone", "arn:aws:route53:::hostedzone/Z1"),
  call("eks:CreateCluster", arn("eks", "cluster/acme-test")),
  call("eks:CreateCluster", "*", requested),
  call("eks:CreateNodegroup", arn("eks", "cluster/acme-test")),
  call("eks:UpdateNodegroupConfig", arn("eks", "nodegroup/acme-test/a/1")),
  call("eks:DeleteAccessEntry", arn("eks", "access-entry/acme-test/role/111122223333/x/1")),
  call("ecs:UpdateCluster", arn("ecs", "cluster/acme-test")),
  call("ecs:StopTask", arn("ecs", "task/acme-test/1")),
  call("ecs:TagResource", arn("ecs", "task-definition/acme-test-web:1")),
  call("eks:DeleteAddon", arn("eks", "addon/acme-test/coredns/1")),
  call("ecr:CreatePullThroughCacheRule"),
  // Enhanced scanning turns Amazon Inspector on, and basic scanning turns it off again.
  call("inspector2:Enable"),
  call("inspector2:Disable"),
  call("sns:Subscribe", arn("sns", "acme-test-ecr-alerts")),
  ...["sns:SetSubscriptionAttributes", "sns:Unsubscribe"].map((action) =>
    call(action, "*", { "aws:RequestedRegion": "eu-west-1" }),
  ),
  call("ecr:DeleteRepositoryCreationTemplate"),
  call("iam:PassRole", inside("acme-test-ecr-template"), { "iam:PassedToService": "ecr.amazonaws.com" }),
  call("logs:PutRetentionPolicy", arn("logs", "log-group:/ecs/acme-test/web-app")),
  call("iam:CreateRole", inside("acme-test-lambda-a"), bounded),
  call("iam:PassRole", inside("acme-test-lambda-a"), { "iam:PassedToService": "lambda.amazonaws.com" }),
  call("s3:PutObject", object("acme/compute-test/terraform.tfstate")),
  ...["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].map((action) =>
    call(action, object("acme/compute-test/terraform.tfstate.tflock")),
  ),
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
  call("kms:TagResource", arn("kms", "key/1"), { ...requested, "aws:ResourceTag/Project": "other" }),
  call("kms:TagResource", arn("kms", "key/1"), { ...requested, "aws:ResourceTag/Environment": "prod" }),
  call("kms:CreateGrant", arn("kms", "key/own"), { "kms:ViaService": "ecr.eu-west-1.amazonaws.com" }),
  call("ec2:RunInstances", arn("ec2", "instance/*"), { "aws:RequestedRegion": "eu-west-1" }),
  call("ec2:RunInstances", arn("ec2", "launch-template/lt-1"), template),
  call("ec2:CreateVpc", "*", { "aws:RequestedRegion": "us-east-1" }),
  call("eks:CreateCluster"),
  call("eks:CreateCluster", arn("eks", "cluster/acme-prod"), {
    ...requested,
    "aws:RequestTag/Environment": "prod",
  }),
  call("sns:Unsubscribe", "*", { "aws:RequestedRegion": "us-east-1" }),
  call("sns:DeleteTopic", arn("sns", "acme-prod-ecr-alerts")),
  call("route53:DeleteHostedZone", "arn:aws:route53:::hostedzone/Z1"),
  call("s3:DeleteObject", object("acme/compute-prod/terraform.tfstate.tflock")),
  ...[
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateLaunchTemplate",
    "ec2:CreateLaunchTemplateVersion",
    "ec2:CreateTags",
    "ec2:DeleteLaunchTemplate",
    "ec2:DeleteVpc",
    "ec2:ModifyLaunchTemplate",
    "elasticloadbalancing:AddTags",
    "elasticloadbalancing:DeleteLoadBalancer",
  ].map((action) =>
    call(action, "*", { "aws:RequestedRegion": "eu-west-1", "aws:ResourceTag/Project": "other" }),
  ),
  call("ec2:CreateTags", arn("ec2", "security-group/sg-1"), {
    ...requested,
    "aws:ResourceTag/Project": "other",
  }),
  ...["cluster/acme-test2", "service/acme-test2/web", "task-definition/acme-test2:1"].map((resource) =>
    call("ecs:TagResource", arn("ecs", resource)),
  ),
  ...["cluster/acme-test-eu", "nodegroup/acme-test2/a/1"].map((resource) =>
    call("eks:TagResource", arn("eks", resource)),
  ),
  call("iam:CreateUser", "arn:aws:iam::111122223333:user/x"),
  call("s3:PutObject", object("acme/compute-prod/terraform.tfstate")),
  call("s3:DeleteObject", object("acme/compute-test/terraform.tfstate")),
])("a deployment may not call $action on $resource", (refused) => {
  expect(isAllowed(deploy, refused)).toBe(false);
});

test.each([
  call("iam:CreateRole", inside("acme-test-x")),
  call("iam:CreateRole", role("acme-test-x"), bounded),
  call("iam:CreateRole", inside("acme-test-x"), { "iam:PermissionsBoundary": role("other") }),
  call("iam:PutRolePolicy", inside("acme-test-x")),
  call("iam:AttachRolePolicy", inside("acme-test-x")),
  call("iam:PutRolePolicy", role("admin"), bounded),
  call("iam:PutRolePolicy", role("acme-test-ci-deploy"), bounded),
  call("iam:UpdateAssumeRolePolicy", role("acme-test-ci-push-app")),
  call("iam:UpdateAssumeRolePolicy", role("acme-test-eu-ci-deploy")),
  call("iam:PassRole", role("acme-test-ci-plan"), { "iam:PassedToService": "lambda.amazonaws.com" }),
  call("iam:DeleteRolePermissionsBoundary", inside("acme-test-x"), bounded),
  call("iam:CreatePolicyVersion", boundary),
  call("iam:DeletePolicy", boundary),
  call("iam:CreateOpenIDConnectProvider", "arn:aws:iam::111122223333:oidc-provider/evil.example"),
  call("iam:PassRole", inside("acme-test-x"), { "iam:PassedToService": "cloudformation.amazonaws.com" }),
  call("iam:PassRole", role("admin"), { "iam:PassedToService": "lambda.amazonaws.com" }),
  call("sts:AssumeRole", role("admin")),
  call("iam:DeleteRolePolicy", inside("acme-test-x")),
  ...["iam:DeleteRole", "iam:TagRole", "iam:UpdateAssumeRolePolicy"].flatMap((action) =>
    ["acme-test-admin", "acme/test-eu/acme-test-eu-x", "acme/prod/acme-test-x"].map((name) =>
      call(action, role(name), bounded),
    ),
  ),
  call("iam:PassRole", role("acme-test-admin"), { "iam:PassedToService": "lambda.amazonaws.com" }),
])("a deployment cannot escalate its permissions with $action on $resource", (refused) => {
  expect(isAllowed(deploy, refused)).toBe(false);
});

test("an existing key for images is used through ECR, and is not changed", () => {
  const imageKeyArn = arn("kms", "key/own");
  const statements = deployPermission(place, { boundaryArn: boundary, imageKeyArn });
  const through = (service: string) => ({ "kms:ViaService": `${service}.eu-west-1.amazonaws.com` });

  expect(isAllowed(statements, call("kms:CreateGrant", imageKeyArn, through("ecr")))).toBe(true);
  expect(isAllowed(statements, call("kms:CreateGrant", imageKeyArn, through("lambda")))).toBe(false);
  expect(isAllowed(statements, call("kms:CreateGrant", imageKeyArn))).toBe(false);
  expect(isAllowed(statements, call("kms:PutKeyPolicy", imageKeyArn))).toBe(false);
});
