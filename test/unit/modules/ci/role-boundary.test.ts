import { expect, test } from "vitest";
import { autoModeBoundary } from "../../../../modules/ci/cluster-boundary";
import { type RoleNeeds, roleBoundary } from "../../../../modules/ci/role-boundary";
import { type Call, decide, isAllowed } from "../../../support/iam-evaluator";
import { acmeTest as place } from "../../../support/managed-environment";

const boundaryFor = (needs: Partial<RoleNeeds> = {}) =>
  roleBoundary(place, { bucket: "acme-tfstate", cluster: false, workloadActions: [], ...needs });

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const inside = "arn:aws:iam::111122223333:role/acme/test/acme-test-x";
const call = (action: string, resource = "*", context: NonNullable<Call["context"]> = {}): Call => ({
  action,
  resource,
  context: {
    "aws:RequestedRegion": "eu-west-1",
    "aws:ResourceAccount": "111122223333",
    "iam:AWSServiceName": "ecs.amazonaws.com",
    ...context,
  },
});

/** Actions with which a role could escape its boundary. */
const escapes = [
  ...["AddUserToGroup", "CreateRole", "CreateServiceLinkedRole", "CreateUser", "PassRole", "TagRole"],
  ...["PutRolePolicy", "DeleteRolePermissionsBoundary", "CreatePolicyVersion", "UpdateAssumeRolePolicy"],
]
  .map((action) => call(`iam:${action}`, inside))
  .concat(
    ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:GetFederationToken"].map((action) =>
      call(action),
    ),
    ["cloudformation:CreateStack", "lambda:CreateFunction", "lambda:UpdateFunctionCode"].map((action) =>
      call(action),
    ),
    ["ec2:RunInstances", "ecs:RunTask", "ecs:ExecuteCommand", "eks:CreateAccessEntry"].map((action) =>
      call(action),
    ),
    ["ssm:SendCommand", "ssm:StartSession", "organizations:LeaveOrganization", "account:CloseAccount"].map(
      (action) => call(action),
    ),
    call("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:acme-prod/a-AbCdEf")),
    call("ecr:BatchGetImage", arn("ecr", "repository/acme-prod-app")),
    call("logs:PutLogEvents", arn("logs", "log-group:/ecs/acme-prod/web:log-stream:a")),
    call("sqs:SendMessage", arn("sqs", "acme-prod-a")),
    call("kms:Decrypt", arn("kms", "key/1")),
    call("s3:GetObject", "arn:aws:s3:::any/key"),
  );

test.each([true, false])("a role cannot escape the boundary, with a cluster: %s", (cluster) => {
  const boundary = boundaryFor({ cluster, workloadActions: ["dynamodb:*"] });

  expect(escapes.filter((way) => isAllowed(boundary, way))).toEqual([]);
});

test("without a cluster, a role changes nothing in a network except network interfaces", () => {
  const changes = ["ec2:CreateTags", "ec2:CreateRoute", "elasticloadbalancing:DeleteLoadBalancer"].map(
    (action) => call(action),
  );

  expect(changes.filter((change) => isAllowed(boundaryFor(), change))).toEqual([]);
  expect(isAllowed(boundaryFor(), call("ec2:CreateNetworkInterface"))).toBe(true);
});

test("cluster roles modify only instances of the environment, and give credentials only to its pods", () => {
  const boundary = boundaryFor({ cluster: true });
  const modify = (Environment: string) =>
    call("ec2:ModifyInstanceAttribute", "*", {
      "aws:ResourceTag/Project": "acme",
      "aws:ResourceTag/Environment": Environment,
    });

  expect([isAllowed(boundary, modify("test")), isAllowed(boundary, modify("prod"))]).toEqual([true, false]);
  const credentials = (name: string) =>
    isAllowed(boundary, call("eks-auth:AssumeRoleForPodIdentity", arn("eks", `cluster/${name}`)));
  expect([credentials("acme-test"), credentials("acme-prod")]).toEqual([true, false]);
});

test("workload actions widen the boundary by exactly these actions", () => {
  const boundary = boundaryFor({ workloadActions: ["s3:*", "dynamodb:GetItem"] });

  expect(isAllowed(boundary, call("s3:GetObject", "arn:aws:s3:::any/key"))).toBe(true);
  expect(isAllowed(boundary, call("dynamodb:GetItem", arn("dynamodb", "table/a")))).toBe(true);
  expect(isAllowed(boundary, call("dynamodb:PutItem", arn("dynamodb", "table/a")))).toBe(false);
});

test("states stay inaccessible whatever workloads may do", () => {
  const state = call("s3:GetObject", "arn:aws:s3:::acme-tfstate/acme/compute-test/terraform.tfstate");

  expect(decide(boundaryFor({ workloadActions: ["s3:*"] }), state)).toBe("denied");
});

test("the boundary lets EKS Auto Mode create nodes with the role of the nodes, and no other role", () => {
  const boundary = boundaryFor({
    cluster: true,
    further: autoModeBoundary({
      ...{ region: "eu-west-1", clusterName: "acme-test" },
      nodeRoleArn: "arn:aws:iam::111122223333:role/acme/test/acme-test-eks-auto",
    }),
  });
  const session = { "aws:PrincipalTag/eks:eks-cluster-name": "acme-test" };
  const pass = (name: string, context: Record<string, string>, service = "ec2.amazonaws.com") =>
    isAllowed(
      boundary,
      call("iam:PassRole", `arn:aws:iam::111122223333:role/acme/test/${name}`, {
        "iam:PassedToService": service,
        ...context,
      }),
    );

  expect(isAllowed(boundary, call("ec2:CreateFleet", "*", session))).toBe(true);
  expect(isAllowed(boundary, call("ec2:CreateFleet"))).toBe(false);
  expect(pass("acme-test-eks-auto", session)).toBe(true);
  expect([
    pass("acme-test-eks-node", session),
    pass("acme-test-eks-auto", session, "lambda.amazonaws.com"),
  ]).toEqual([false, false]);
  expect(escapes.filter((way) => isAllowed(boundary, way))).toEqual([]);
});
