import { expect, test } from "vitest";
import type { Statement } from "../../../modules/iam/policy-document";
import { only } from "../../support/environments/minimal";
import { everyConsumer } from "../../support/every-consumer";
import { type Call, isAllowed } from "../../support/iam-evaluator";
import { awsPolicies } from "../../support/layers/aws-policies";
import { type StackJson, synth } from "../../support/synth";

const stacks = synth(only(everyConsumer));
const all = <T = StackJson>(type: string): T[] =>
  Object.values(stacks).flatMap((json) => Object.values<T>(json["resource"]?.[type] ?? {}));
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:222233334444:${resource}`;

const boundary: Statement[] = all("aws_iam_policy").find(({ name }) => name.endsWith("role-boundary"))?.[
  "policy"
].Statement;

/** What stands for an ARN that AWS makes. */
const real = (resource: string): string =>
  resource
    .replace(/^\$\{aws_kms_key\..*\}$/, arn("kms", "key/1"))
    .replace(
      /^\$\{aws_secretsmanager_secret\..*\}$/,
      arn("secretsmanager", "secret:acme-full/db-password-AbCdEf"),
    );

const several = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === "string" ? [value] : value;

/** The service through which AWS uses a key for a role, where the policy of the role does not say it. */
const keyedBy = (role: string): string => (role.includes("-lambda-") ? "lambda" : "ecr");

/** How EKS tags the sessions of Auto Mode. */
const ofAutoMode = { "aws:PrincipalTag/eks:eks-cluster-name": "acme-full" };

/** Where a call of a policy on `*` ends, for what AWS knows by resources. */
const resourcesOf: Readonly<Record<string, readonly string[]>> = {
  "eks:DescribeCluster": [arn("eks", "cluster/acme-full")],
  "eks-auth:AssumeRoleForPodIdentity": [arn("eks", "cluster/acme-full")],
  "kms:DescribeKey": [arn("kms", "key/1")],
  "iam:PassRole": ["arn:aws:iam::222233334444:role/acme/full/acme-full-eks-auto"],
  "ecr:BatchImportUpstreamImage": [arn("ecr", "repository/acme-full-quay/a")],
  ...Object.fromEntries(
    ["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"].map((action) => [
      `ecr:${action}`,
      [
        arn("ecr", "repository/acme-full-app"),
        "arn:aws:ecr:eu-central-1:602401143452:repository/eks/coredns",
      ],
    ]),
  ),
};

/** Every call that a statement allows, with what AWS says of it. */
function callsOf(role: string, { Action, Resource, Condition = {} }: Statement): Call[] {
  const wanted = Object.assign({}, ...Object.values(Condition)) as Record<string, string | string[]>;
  return Action.flatMap((pattern) => {
    const action = pattern.replace("*", "X");
    const given = several(Resource);
    return (given.includes("*") ? (resourcesOf[action] ?? ["*"]) : given).map((resource) => ({
      action,
      resource: resource === "*" ? resource : real(resource).replaceAll("*", "x"),
      context: {
        "aws:RequestedRegion": "eu-central-1",
        "aws:ResourceAccount": resource.split(":")[4] || "222233334444",
        "aws:ResourceTag/Project": "acme",
        "aws:ResourceTag/Environment": "full",
        "kms:ViaService": `${keyedBy(role)}.eu-central-1.amazonaws.com`,
        ...Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, several(value)[0] ?? ""])),
      },
    }));
  });
}

/** What each role inside the boundary may do by its policies, by the role's name. */
const policies: [string, readonly Statement[]][] = all("aws_iam_role")
  .filter((role) => role["permissions_boundary"] !== undefined)
  .map((role) => {
    const named = all("aws_iam_role_policy").filter(({ name }) => name === role["name"]);
    return [role["name"], named.flatMap(({ policy }) => policy.Statement)];
  });

test("the roles are those that every part of an environment has", () => {
  expect(policies.map(([name]) => name).toSorted()).toEqual([
    "acme-full-ecr-template",
    "acme-full-ecs-execution",
    "acme-full-ecs-schedule-cleanup",
    "acme-full-ecs-schedule-report",
    "acme-full-ecs-task-cleanup",
    "acme-full-ecs-task-proxy",
    "acme-full-ecs-task-report",
    "acme-full-ecs-task-shared",
    "acme-full-ecs-task-web",
    "acme-full-ecs-task-worker",
    "acme-full-eks-auto",
    "acme-full-eks-cluster",
    "acme-full-eks-fargate",
    "acme-full-eks-node",
    "acme-full-eks-pod-api",
    "acme-full-flow-logs",
    "acme-full-lambda-resize",
  ]);
});

test("every role of an environment has its path, and no role of pipelines has one", () => {
  for (const { name, path } of all("aws_iam_role"))
    expect([name, path]).toEqual([name, name.includes("-ci-") ? undefined : "/acme/full/"]);
});

test("the boundary takes nothing from any role", () => {
  const calls = policies.flatMap(([role, statements]) =>
    statements.filter(({ Effect }) => Effect === "Allow").flatMap((statement) => callsOf(role, statement)),
  );

  expect(calls.length).toBeGreaterThan(30);
  expect(calls.filter((call) => !isAllowed(boundary, call))).toEqual([]);
});

test("the boundary takes nothing that a cluster needs from AWS's own policies", () => {
  const attached = [
    ...new Set(all("aws_iam_role_policy_attachment").map((attachment) => attachment["policy_arn"])),
  ].filter((policyArn) => policyArn.startsWith("arn:aws:iam::aws:"));
  const calls = attached.flatMap((policyArn) => {
    const statements = awsPolicies[policyArn.slice(policyArn.lastIndexOf("/") + 1)];
    if (statements === undefined) throw new Error(`the text of ${policyArn} is not known`);
    return statements.flatMap((statement) => callsOf("acme-full-eks", statement));
  });

  expect(attached).toHaveLength(10);
  const denied = calls.filter(
    (call) => !isAllowed(boundary, { ...call, context: { ...call.context, ...ofAutoMode } }),
  );
  // Web application firewalls, Shield, Cognito, Spot, IPv6 and fast snapshots have no space in a boundary.
  expect([...new Set(denied.map(({ action }) => action))].toSorted()).toEqual([
    "cognito-idp:DescribeUserPoolClient",
    "ec2:AssignIpv6Addresses",
    "ec2:EnableFastSnapshotRestores",
    "ec2:GetCoipPoolUsage",
    "ec2:UnassignIpv6Addresses",
    "iam:CreateServiceLinkedRole",
    "shield:CreateProtection",
    "shield:DeleteProtection",
    "shield:TagResource",
    "wafv2:AssociateWebACL",
    "wafv2:DisassociateWebACL",
    "wafv2:GetWebACL",
    "wafv2:GetWebACLForResource",
  ]);
});
