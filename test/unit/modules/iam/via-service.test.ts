import { expect, test } from "vitest";
import { deployPermission } from "../../../../modules/ci/deploy-permission";
import { planPermission } from "../../../../modules/ci/plan-permission";
import { roleBoundary } from "../../../../modules/ci/role-boundary";
import { statePermission } from "../../../../modules/ci/state-permission";
import type { Statement } from "../../../../modules/iam/policy-document";
import { viaService } from "../../../../modules/iam/via-service";
import { isAllowed } from "../../../support/iam-evaluator";
import { acmeTest } from "../../../support/managed-environment";

test.each([
  ["eu-west-1", "ecr.eu-west-1.amazonaws.com"],
  ["us-gov-east-1", "ecr.us-gov-east-1.amazonaws.com"],
  ["cn-north-1", "ecr.cn-north-1.amazonaws.com"],
  ["cn-northwest-1", "ecr.cn-northwest-1.amazonaws.com"],
])("ECR of %s is %s to KMS", (region, expected) => {
  expect(viaService("ecr", region)).toBe(expected);
});

const china = { ...acmeTest, partition: "aws-cn", region: "cn-north-1" };
const key = "arn:aws-cn:kms:cn-north-1:111122223333:key/1";
const via = (statements: readonly Statement[], action: string, service: string) =>
  isAllowed(statements, {
    action,
    resource: key,
    context: {
      "kms:ViaService": `${service}.cn-north-1.amazonaws.com`,
      "kms:ResourceAliases": ["alias/acme-test-secrets"],
      "aws:ResourceTag/Project": "acme",
      "aws:ResourceTag/Environment": "test",
    },
  });

test("pipelines and roles in China use keys as elsewhere", () => {
  const needs = { bucket: "b", cluster: false, workloadActions: [] };
  const states = { partition: "aws-cn", bucket: "b", region: "cn-north-1", keys: ["k"], kmsKeyArn: key };

  expect(via(deployPermission(china, { boundaryArn: "b" }), "kms:CreateGrant", "ecr")).toBe(true);
  expect(via(planPermission(china), "kms:Decrypt", "lambda")).toBe(true);
  expect(via(roleBoundary(china, needs), "kms:Decrypt", "secretsmanager")).toBe(true);
  expect(via(statePermission(states, "read"), "kms:Decrypt", "s3")).toBe(true);
});

test("the deploy role passes roles to EC2 under its name in China", () => {
  const pass = (PassedToService: string) =>
    isAllowed(deployPermission(china, { boundaryArn: "b" }), {
      action: "iam:PassRole",
      resource: "arn:aws-cn:iam::111122223333:role/acme/test/acme-test-eks-node",
      context: { "iam:PassedToService": PassedToService },
    });

  expect(["ec2.amazonaws.com.cn", "lambda.amazonaws.com"].map(pass)).toEqual([true, true]);
  expect(["lambda.amazonaws.com.cn", "codebuild.amazonaws.com"].map(pass)).toEqual([false, false]);
});
